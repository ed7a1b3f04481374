import { describe, expect, it } from "vitest";
import { decide } from "../../subgraphs/one-stop/saga/decide.ts";
import { MISTAKES_ABOUT_CALLS } from "../simulation/mistakes-about-calls.ts";
import { MISTAKES_ABOUT_CERTIFICATES } from "../simulation/mistakes-about-certificates.ts";
import { MISTAKES_ABOUT_DOSSIERS } from "../simulation/mistakes-about-dossiers.ts";
import { MISTAKES_ABOUT_PAYMENTS } from "../simulation/mistakes-about-payments.ts";
import { type Schedule, scheduleOf } from "../simulation/schedule.ts";
import type { Decide } from "../simulation/simulated-store.ts";
import { type Planted, type SimulationResult, simulate } from "../simulation/simulation.ts";

/** `SIMULATION_SEED=4711` repeats that one schedule with a trace; `SIMULATION_SCHEDULES` sets the number of schedules. */
const ONE_SEED = process.env.SIMULATION_SEED;
const SCHEDULES = Number(process.env.SIMULATION_SCHEDULES ?? 20_000);

/** Number of schedules within which a mistake must be detected. */
const SCHEDULES_TO_DETECT = 3_000;

function failureOf(seed: number, candidate: Decide, planted: Planted = {}): string | null {
  try {
    simulate(scheduleOf(seed), candidate, planted);
    return null;
  } catch (error) {
    return `seed ${seed}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** First failure whose message matches, or else the last failure of another kind. */
function detected(message: RegExp, candidate: Decide, planted: Planted = {}): string {
  let other = "nothing was detected";
  for (let seed = 1; seed <= SCHEDULES_TO_DETECT; seed += 1) {
    const failure = failureOf(seed, candidate, planted);
    if (failure !== null && message.test(failure)) return failure;
    other = failure ?? other;
  }
  return other;
}

/** Counts the faults and outcomes of all schedules, since a simulation without faults proves nothing. */
function countInto(seen: Map<string, number>, schedule: Schedule, ending: SimulationResult): void {
  const add = (what: string, by = 1) => seen.set(what, (seen.get(what) ?? 0) + by);
  add(`family ${schedule.family}`);
  add("events", ending.events);
  add("calls", ending.calls);
  add("crashes", ending.crashes);
  add("fenced off", ending.fencedOff);
  for (const mark of ending.state.marks) add(`mark ${mark}`);
  add(`dossier ${ending.state.dossier}`);
  add("instructions", ending.instructions);
  add(`outcome ${ending.state.outcome}`);
  for (const step of ending.state.steps) add(`step ${step.state}`);
  if (ending.state.payment) add(`${schedule.stated ? "stated " : ""}payment ${ending.state.payment.state}`);
  if (ending.state.certificate) add(`certificate ${ending.state.certificate}`);
  if (ending.simulatedMs >= 72 * 3_600_000) add("longer than 72 hours");
}

describe.skipIf(ONE_SEED !== undefined)("a simulated dossier", () => {
  it(`a simulated dossier keeps every invariant over ${SCHEDULES} schedules`, {
    timeout: 240_000 + 5 * SCHEDULES,
  }, () => {
    const seen = new Map<string, number>();
    const failures: string[] = [];
    const started = performance.now();
    for (let seed = 1; seed <= SCHEDULES && failures.length < 10; seed += 1) {
      try {
        const schedule = scheduleOf(seed);
        countInto(seen, schedule, simulate(schedule, decide));
      } catch (error) {
        failures.push(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${SCHEDULES} schedules in ${seconds} s:`, Object.fromEntries([...seen].sort()));
    expect(failures, "repeat one with SIMULATION_SEED=<seed>").toEqual([]);
    const needed = [
      "instructions",
      "crashes",
      "fenced off",
      "outcome GRANTED",
      "outcome PARTLY_GRANTED",
      "outcome REFUSED",
    ];
    needed.push(
      "outcome null",
      "mark OVERDUE",
      "dossier AWAITING_CITIZEN",
      "step NOT_APPLICABLE",
      "longer than 72 hours",
      "payment PAID",
      "payment REFUND_DUE",
      "stated payment PAID",
      "certificate CONFIRMED",
      "certificate DISPUTED",
      "certificate ACCEPTED_BY_SILENCE",
    );
    expect(needed.filter((what) => (seen.get(what) ?? 0) < SCHEDULES / 2_000)).toEqual([]);
  });

  it.each(
    Object.entries({
      ...MISTAKES_ABOUT_CALLS,
      ...MISTAKES_ABOUT_CERTIFICATES,
      ...MISTAKES_ABOUT_DOSSIERS,
      ...MISTAKES_ABOUT_PAYMENTS,
    }),
  )("the simulation detects when %s", (_name, mistake) => {
    expect(detected(mistake.detectedBy, mistake.decide)).toMatch(mistake.detectedBy);
  });

  it("the simulation detects an agency that is not idempotent", () => {
    expect(detected(/took effect/, decide, { agencyNotIdempotent: true })).toMatch(/took effect/);
  });

  it("the simulation of one seed is deterministic", () => {
    expect(simulate(scheduleOf(4711), decide)).toEqual(simulate(scheduleOf(4711), decide));
  });
});

it.runIf(ONE_SEED !== undefined)("the one requested schedule keeps every invariant", () => {
  const seed = Number(ONE_SEED);
  console.log(scheduleOf(seed));
  expect(failureOf(seed, decide, { trace: (line) => console.log(line) })).toBeNull();
});
