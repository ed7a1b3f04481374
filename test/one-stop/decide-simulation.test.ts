import { describe, expect, it } from "vitest";
import { decide } from "../../subgraphs/one-stop/saga/decide.ts";
import { MISTAKES_ABOUT_CALLS } from "../simulation/mistakes-about-calls.ts";
import { MISTAKES_ABOUT_DOSSIERS } from "../simulation/mistakes-about-dossiers.ts";
import { type Schedule, scheduleOf } from "../simulation/schedule.ts";
import type { Decide } from "../simulation/store.ts";
import { type Ending, live, type Planted } from "../simulation/world.ts";

/** `SIMULATION_SEED=4711` lives that one schedule again and tells it; `SIMULATION_SCHEDULES` sets how many. */
const ONE_SEED = process.env.SIMULATION_SEED;
const SCHEDULES = Number(process.env.SIMULATION_SCHEDULES ?? 100_000);

/** A broken decide must be noticed within so many schedules. */
const SCHEDULES_TO_NOTICE = 3_000;

function failureOf(seed: number, candidate: Decide, planted: Planted = {}): string | null {
  try {
    live(scheduleOf(seed), candidate, planted);
    return null;
  } catch (error) {
    return `seed ${seed}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The first failure of that kind, or what was seen instead. */
function noticed(promise: RegExp, candidate: Decide, planted: Planted = {}): string {
  let other = "nothing was noticed";
  for (let seed = 1; seed <= SCHEDULES_TO_NOTICE; seed += 1) {
    const failure = failureOf(seed, candidate, planted);
    if (failure !== null && promise.test(failure)) return failure;
    other = failure ?? other;
  }
  return other;
}

/** What the schedules together went through: a simulation that never meets a fault proves nothing. */
function countInto(seen: Map<string, number>, schedule: Schedule, ending: Ending): void {
  const add = (what: string, by = 1) => seen.set(what, (seen.get(what) ?? 0) + by);
  add(`family ${schedule.family}`);
  add("happenings", ending.happenings);
  add("calls", ending.calls);
  add("crashes", ending.crashes);
  add("fenced off", ending.fencedOff);
  add(`dossier ${ending.state.dossier}`);
  add(`outcome ${ending.state.outcome}`);
  for (const step of ending.state.steps) add(`step ${step.state}`);
  if (ending.simulatedMs >= 72 * 3_600_000) add("longer than 72 hours");
}

describe.skipIf(ONE_SEED !== undefined)("a simulated dossier", () => {
  it(`a simulated dossier keeps every promise over ${SCHEDULES} schedules`, {
    timeout: 240_000,
  }, () => {
    const seen = new Map<string, number>();
    const failures: string[] = [];
    const started = performance.now();
    for (let seed = 1; seed <= SCHEDULES && failures.length < 10; seed += 1) {
      try {
        const schedule = scheduleOf(seed);
        countInto(seen, schedule, live(schedule, decide));
      } catch (error) {
        failures.push(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${SCHEDULES} schedules in ${seconds} s:`, Object.fromEntries([...seen].sort()));
    expect(failures, "live one again with SIMULATION_SEED=<seed>").toEqual([]);
    const needed = ["crashes", "fenced off", "outcome GRANTED", "outcome PARTLY_GRANTED", "outcome REFUSED"];
    needed.push("outcome null", "dossier AWAITING_CITIZEN", "step NOT_APPLICABLE", "longer than 72 hours");
    expect(needed.filter((what) => (seen.get(what) ?? 0) < SCHEDULES / 2_000)).toEqual([]);
  });

  it.each(Object.entries({ ...MISTAKES_ABOUT_CALLS, ...MISTAKES_ABOUT_DOSSIERS }))(
    "the simulation detects when %s",
    (_mistake, broken) => {
      expect(noticed(broken.noticed, broken.decide)).toMatch(broken.noticed);
    },
  );

  it("the simulation detects an agency that is not idempotent", () => {
    expect(noticed(/took effect/, decide, { agencyNotIdempotent: true })).toMatch(/took effect/);
  });

  it("the simulation of one seed is deterministic", () => {
    expect(live(scheduleOf(4711), decide)).toEqual(live(scheduleOf(4711), decide));
  });
});

it.runIf(ONE_SEED !== undefined)("the one requested schedule keeps every promise", () => {
  const seed = Number(ONE_SEED);
  console.log(scheduleOf(seed));
  expect(failureOf(seed, decide, { trace: (line) => console.log(line) })).toBeNull();
});
