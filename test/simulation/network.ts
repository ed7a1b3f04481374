import type { SagaEvent } from "../../subgraphs/one-stop/saga/state.ts";
import type { Agencies } from "./agencies.ts";
import { broken } from "./broken-promise.ts";
import { between, type Chance } from "./chance.ts";
import type { Schedule } from "./schedule.ts";
import type { Claim } from "./store.ts";
import type { Timeline } from "./timeline.ts";

/** What a call comes to; `answer` is true where the agency itself spoke. May be told more than once. */
export type Report = (event: SagaEvent, answer: boolean) => void;

/** Between workers and agencies: loses, doubles and delays messages, refuses connections, times out. */
export type Network = {
  readonly call: (claim: Claim, report: Report) => void;
  /** True if a delivery of this step may still arrive. */
  readonly isDelivering: (step: string) => boolean;
  /** Calls by step. */
  readonly calls: ReadonlyMap<string, number>;
};

export function networkOf(schedule: Schedule, time: Timeline, agencies: Agencies, chance: Chance): Network {
  const steps = new Map(schedule.start.steps.map((step) => [step.key, step]));
  const calls = new Map<string, number>();
  const underWay = new Map<string, number>();

  const happens = (probability: number) => probability > 0 && chance() < probability;
  const count = (map: Map<string, number>, key: string, by: number) => map.set(key, (map.get(key) ?? 0) + by);

  function call(claim: Claim, report: Report): void {
    const { step } = claim;
    const { agency = "", dependsOn = [] } = steps.get(step) ?? {};
    count(calls, step, 1);
    for (const awaited of dependsOn) {
      const standing = agencies.status(awaited, time.now);
      if (standing !== "GRANTED") throw broken(`${step} was sent while ${awaited} was ${standing}`);
    }
    if (agencies.refusesConnections(agency, time.now)) {
      time.plan(1 + chance() * 5, () => report({ kind: "NOT_ANSWERED", step, delivered: "NO" }, false));
      return;
    }
    const unknown: SagaEvent = {
      kind: "NOT_ANSWERED",
      step,
      delivered: "UNKNOWN",
    };
    time.plan(schedule.timeoutMs, () => report(unknown, false));
    for (let copies = happens(schedule.doubled) ? 2 : 1; copies > 0; copies -= 1) {
      travel(() => arrive(claim, agency, report), claim.kind === "DELIVER" ? step : null);
    }
  }

  /** A message under way: lost, quick, or slower than any lease. */
  function travel(arrival: () => void, delivering: string | null): void {
    if (happens(schedule.lost)) return;
    const afterMs = happens(schedule.slow) ? between(chance, 50, 600_000) : 1 + chance() * 40;
    if (delivering !== null) count(underWay, delivering, 1);
    time.plan(afterMs, () => {
      if (delivering !== null) count(underWay, delivering, -1);
      arrival();
    });
  }

  function arrive(claim: Claim, agency: string, report: Report): void {
    const { step, kind } = claim;
    if (!agencies.isUp(agency, time.now)) return;
    const fails = happens(schedule.failing);
    // A failing agency may have done the work before it failed.
    const answer = fails && chance() < 0.5 ? null : agencies[kind === "DELIVER" ? "deliver" : "status"](step, time.now);
    if (fails) {
      travel(() => report({ kind: "NOT_ANSWERED", step, delivered: "UNKNOWN" }, false), null);
      return;
    }
    const event: SagaEvent =
      answer === null ? { kind: "NOT_FOUND", step } : { kind: "ANSWERED", step, answer: { state: answer } };
    travel(() => report(event, true), null);
  }

  return { call, isDelivering: (step) => (underWay.get(step) ?? 0) > 0, calls };
}
