import type { Owed } from "../../subgraphs/one-stop/payments/payment.ts";
import type { SagaEvent } from "../../subgraphs/one-stop/saga/state.ts";
import { invariantViolated } from "./invariant-violation.ts";
import type { Schedule } from "./schedule.ts";
import { between, type Random } from "./seeded-random.ts";
import type { Agencies } from "./simulated-agencies.ts";
import type { Lease, Store } from "./simulated-store.ts";
import type { Timeline } from "./timeline.ts";

/** Reports the outcome of a call; `isAnswer` if the agency itself answered. May be called more than once. */
export type Report = (event: SagaEvent, isAnswer: boolean) => void;

/** Network between workers and agencies: loses, duplicates and delays messages, refuses connections, times out. */
export type Network = {
  readonly call: (lease: Lease, report: Report) => void;
  /** True if a delivery of this step may still arrive. */
  readonly isDelivering: (step: string) => boolean;
  /** Calls by step. */
  readonly calls: ReadonlyMap<string, number>;
};

export function simulatedNetwork(
  schedule: Schedule,
  { time, agencies, store, random }: { time: Timeline; agencies: Agencies; store: Store; random: Random },
): Network {
  const steps = new Map(schedule.start.steps.map((step) => [step.key, step]));
  const calls = new Map<string, number>();
  const underWay = new Map<string, number>();

  const happens = (probability: number) => probability > 0 && random() < probability;
  const count = (map: Map<string, number>, key: string, by: number) => map.set(key, (map.get(key) ?? 0) + by);

  function call(lease: Lease, report: Report): void {
    const { step } = lease;
    const { agency = "", dependsOn = [] } = steps.get(step) ?? {};
    count(calls, step, 1);
    for (const awaited of dependsOn) {
      const standing = agencies.status(awaited, time.now);
      if (standing !== "GRANTED") throw invariantViolated(`${step} was sent while ${awaited} was ${standing}`);
    }
    if (agencies.refusesConnections(agency, time.now)) {
      time.plan(1 + random() * 5, () => report({ kind: "NOT_ANSWERED", step, delivered: "NO" }, false));
      return;
    }
    const unknown: SagaEvent = {
      kind: "NOT_ANSWERED",
      step,
      delivered: "UNKNOWN",
    };
    time.plan(schedule.timeoutMs, () => report(unknown, false));
    for (let copies = happens(schedule.doubled) ? 2 : 1; copies > 0; copies -= 1) {
      travel(() => arrive(lease, agency, report), lease.kind === "DELIVER" ? step : null);
    }
  }

  /** Transfer of a message: lost, fast, or slower than any lease. */
  function travel(arrival: () => void, delivering: string | null): void {
    if (happens(schedule.lost)) return;
    const afterMs = happens(schedule.slow) ? between(random, 50, 600_000) : 1 + random() * 40;
    if (delivering !== null) count(underWay, delivering, 1);
    time.plan(afterMs, () => {
      if (delivering !== null) count(underWay, delivering, -1);
      arrival();
    });
  }

  function arrive(lease: Lease, agency: string, report: Report): void {
    const { step } = lease;
    const instructed = lease.kind === "INSTRUCT";
    if (!agencies.isUp(agency, time.now)) return;
    const fails = happens(schedule.failing);
    // a failing agency may have done the work before the failure
    const answer = fails && random() < 0.5 ? null : answerOf(lease);
    if (fails) {
      travel(() => report({ kind: "NOT_ANSWERED", step, delivered: "UNKNOWN" }, false), null);
      return;
    }
    const owed = answer === "GRANTED" && step === schedule.stated?.by ? { owed: owedBefore(step) } : {};
    const event: SagaEvent =
      answer === null
        ? { kind: "NOT_FOUND", step }
        : { kind: "ANSWERED", step, answer: { state: answer }, instructed, ...owed };
    travel(() => report(event, true), null);
  }

  function owedBefore(step: string): Owed {
    const later = schedule.start.steps.filter(
      ({ afterPayment, dependsOn }) => afterPayment && dependsOn.includes(step),
    );
    return { lines: later.map(({ key }) => ({ step: key, name: key, amountVnd: 10_000 })), dueOn: null };
  }

  function answerOf({ step, kind }: Lease) {
    const told = store.instructions.get(step);
    if (kind === "INSTRUCT" && told !== undefined) return agencies.instruct(step, told, time.now);
    return kind === "DELIVER" ? agencies.deliver(step, time.now) : agencies.status(step, time.now);
  }

  return { call, isDelivering: (step) => (underWay.get(step) ?? 0) > 0, calls };
}
