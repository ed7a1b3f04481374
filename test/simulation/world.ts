import type { SagaEvent, SagaState } from "../../subgraphs/one-stop/saga/state.ts";
import { agenciesOf } from "./agencies.ts";
import { broken } from "./broken-promise.ts";
import { between, chanceOf } from "./chance.ts";
import { networkOf } from "./network.ts";
import { checkEnd, checkReady } from "./promises.ts";
import type { Schedule } from "./schedule.ts";
import { type Claim, type Decide, type Store, storeOf } from "./store.ts";
import { timeline } from "./timeline.ts";

/** More happenings than the longest honest schedule needs: a 72-hour outage of three agencies' steps. */
const ENDLESS = 400_000;

export type Ending = {
  readonly state: SagaState;
  readonly happenings: number;
  readonly calls: number;
  readonly crashes: number;
  readonly fencedOff: number;
  readonly simulatedMs: number;
};

/** Mistakes planted outside `decide`, to see that the promises would notice them. */
export type Planted = {
  readonly agencyNotIdempotent?: boolean;
  readonly trace?: (line: string) => void;
};

/**
 * Lives one schedule through: store, workers, network and agencies, until all is at rest.
 *
 * @throws a broken promise
 */
export function live(schedule: Schedule, decide: Decide, planted: Planted = {}): Ending {
  const chance = chanceOf(schedule.seed ^ 0x5bd1e995);
  const time = timeline();
  const agencies = agenciesOf(schedule, planted.agencyNotIdempotent !== true);
  const store: Store = storeOf(schedule, decide, chance);
  const network = networkOf(schedule, time, agencies, chance);
  const wakes = new Map<string, number>();
  let idle = schedule.workers;
  let crashes = 0;
  let resting = false;

  const happens = (probability: number) => probability > 0 && chance() < probability;

  /** At rest: every step stands for ever as its agency's last phase has it, or is not sent at all. */
  function atRest(): boolean {
    return store.state.steps.every(
      ({ key, state }) =>
        state === "NOT_APPLICABLE" || state === "BLOCKED" || state === agencies.lastWord(key, time.now),
    );
  }

  function wakeForJobs(): void {
    for (const [step, job] of store.jobs) {
      const at = Math.max(job.dueAt, job.leasedUntil, time.now);
      if (wakes.get(step) === at) continue;
      wakes.set(step, at);
      time.planAt(at, dispatch);
    }
  }

  /** After every change of the store or of an agency. */
  function look(): void {
    for (const step of store.state.steps) checkReady(step, agencies, network.isDelivering(step.key));
    resting = atRest();
    if (!resting) wakeForJobs();
  }

  function write(change: () => void): void {
    change();
    look();
  }

  function dispatch(): void {
    while (idle > 0 && !resting) {
      const claim = store.claim(time.now);
      if (claim === null) return;
      idle -= 1;
      wakeForJobs();
      work(claim);
    }
  }

  function free(): void {
    idle += 1;
    dispatch();
  }

  function dies(): boolean {
    if (!happens(schedule.crash)) return false;
    crashes += 1;
    time.plan(between(chance, 10, 2 * schedule.leaseMs), free);
    return true;
  }

  function work(claim: Claim): void {
    planted.trace?.(`${time.now.toFixed(1)} ${claim.kind} ${claim.step} token ${claim.token}`);
    if (dies()) return;
    let open = true;
    const report = (event: SagaEvent, answer: boolean) => {
      if (!open) {
        // Nobody listens any more; where nothing is fenced, an answer that comes late is written all the same.
        if (answer && !schedule.fenced) write(() => store.apply(event, time.now));
        return;
      }
      open = false;
      if (dies()) return;
      const pause = happens(schedule.stall) ? between(chance, 10, 4 * schedule.leaseMs) : 0;
      time.plan(pause, () => {
        planted.trace?.(`${time.now.toFixed(1)} commit ${JSON.stringify(event)} token ${claim.token}`);
        write(() => store.commit(claim, event, time.now));
        if (!dies()) free();
      });
    };
    network.call(claim, report);
  }

  for (const { key } of schedule.start.steps) {
    if (!happens(schedule.forgets)) continue;
    time.plan(between(chance, 20, 600_000), () => write(() => agencies.forget(key, time.now)));
  }
  write(() => store.apply({ kind: "ACCEPTED" }, time.now));
  if (happens(schedule.doubled)) write(() => store.apply({ kind: "ACCEPTED" }, time.now));

  let happenings = 0;
  while (time.step()) {
    happenings += 1;
    if (happenings > ENDLESS) throw broken("it never comes to rest");
  }
  if (!resting) throw broken(`stuck: ${store.state.steps.map(({ key, state }) => `${key} ${state}`).join(", ")}`);
  checkEnd(schedule, store, agencies, network.calls, time.now);
  const calls = [...network.calls.values()].reduce((sum, count) => sum + count, 0);
  return {
    state: store.state,
    happenings,
    calls,
    crashes,
    fencedOff: store.fencedOff,
    simulatedMs: time.now,
  };
}
