import type { SagaEvent, SagaState } from "../../subgraphs/one-stop/saga/state.ts";
import { invariantViolated } from "./invariant-violation.ts";
import { checkEnd, checkUndelivered } from "./invariants.ts";
import type { Schedule } from "./schedule.ts";
import { between, type Random, seededRandom } from "./seeded-random.ts";
import { type Agencies, simulatedAgencies } from "./simulated-agencies.ts";
import { simulatedApplicant } from "./simulated-applicant.ts";
import { type Network, simulatedNetwork } from "./simulated-network.ts";
import { simulatedPeople } from "./simulated-people.ts";
import { type Decide, type Lease, type Store, simulatedStore } from "./simulated-store.ts";
import { type Timeline, timeline } from "./timeline.ts";

/** More events than the longest correct schedule needs: an outage of 72 hours of the agencies of three steps. */
const MAX_EVENTS = 400_000;

export type SimulationResult = {
  readonly state: SagaState;
  readonly events: number;
  readonly calls: number;
  readonly crashes: number;
  readonly fencedOff: number;
  /** Instructions of people and deadlines that the saga has taken. */
  readonly instructions: number;
  readonly simulatedMs: number;
};

/** Mistakes planted outside `decide`, to see that the invariants detect them. */
export type Planted = {
  readonly agencyNotIdempotent?: boolean;
  readonly trace?: (line: string) => void;
};

/** Components of one simulation and its counters. */
type Simulation = {
  readonly schedule: Schedule;
  readonly time: Timeline;
  readonly agencies: Agencies;
  readonly store: Store;
  readonly network: Network;
  readonly random: Random;
  readonly trace: Planted["trace"];
  readonly happens: (probability: number) => boolean;
  idleWorkers: number;
  crashes: number;
  isSettled: boolean;
  wakeDeadline: () => void;
  lookForPeople: () => void;
};

/**
 * Simulates one schedule until it is settled: store, workers, network and agencies.
 *
 * @throws a violated invariant
 */
export function simulate(schedule: Schedule, decide: Decide, planted: Planted = {}): SimulationResult {
  const simulation = open(schedule, decide, planted);
  const { time, store, agencies, network, happens, random } = simulation;
  const { write } = workersOf(simulation);
  simulation.wakeDeadline = deadlineKeeper(simulation, write);
  const people = simulatedPeople(schedule, simulation, write);
  const applicant = simulatedApplicant(schedule, simulation, write);
  simulation.lookForPeople = () => {
    people.look();
    applicant.look();
  };
  for (const { key } of schedule.start.steps) {
    if (!happens(schedule.forgets)) continue;
    time.plan(between(random, 20, 600_000), () => write(() => agencies.forget(key, time.now)));
  }
  const { paidAtMs } = schedule;
  const accepted: SagaEvent = { kind: "ACCEPTED", payFirst: paidAtMs !== null };
  write(() => store.apply(accepted, time.now));
  if (happens(schedule.doubled)) write(() => store.apply(accepted, time.now));
  if (paidAtMs !== null) {
    const pay = () => write(() => store.apply({ kind: "PAID", note: "" }, time.now));
    time.plan(paidAtMs, pay);
    time.plan(paidAtMs * 1.5, pay); // the provider repeats its notice
  }

  let events = 0;
  while (time.step()) {
    events += 1;
    if (events > MAX_EVENTS) throw invariantViolated("it does not settle");
  }
  if (!simulation.isSettled) {
    throw invariantViolated(`stuck: ${store.state.steps.map(({ key, state }) => `${key} ${state}`).join(", ")}`);
  }
  checkEnd(schedule, store, agencies, network.calls, time.now);
  const calls = [...network.calls.values()].reduce((sum, count) => sum + count, 0);
  const { crashes } = simulation;
  return {
    state: store.state,
    events,
    calls,
    crashes,
    fencedOff: store.fencedOff,
    instructions: store.instructions.size,
    simulatedMs: time.now,
  };
}

function open(schedule: Schedule, decide: Decide, planted: Planted): Simulation {
  const random = seededRandom(schedule.seed ^ 0x5bd1e995);
  const time = timeline();
  const agencies = simulatedAgencies(schedule, planted.agencyNotIdempotent !== true);
  const store = simulatedStore(schedule, decide, random);
  return {
    ...{ schedule, time, agencies, random, store, trace: planted.trace },
    network: simulatedNetwork(schedule, { time, agencies, store, random }),
    happens: (probability) => probability > 0 && random() < probability,
    ...{ idleWorkers: schedule.workers, crashes: 0, isSettled: false, wakeDeadline: () => {}, lookForPeople: () => {} },
  };
}

/**
 * Acts on the end of the term, as two processes at once do, by the desk's clock.
 *
 * @returns a function to call after every change by others: the clock may run again
 */
function deadlineKeeper({ schedule, store, time }: Simulation, write: (change: () => void) => void): () => void {
  let isPlanned = false;
  let isActing = false;
  const wake = () => {
    if (isPlanned || isActing || !store.clockRuns() || store.state.outcome !== null) return;
    if (store.state.marks.includes("OVERDUE")) return;
    isPlanned = true;
    // at least a millisecond: a sum of differences may fall just short of the term
    time.plan(Math.max(schedule.termMs - store.countedMs(time.now), 1), () => {
      isPlanned = false;
      look();
    });
  };
  const look = () => {
    if (!store.clockRuns()) return;
    if (store.countedMs(time.now) < schedule.termMs) return wake();
    isActing = true;
    for (let processes = 2; processes > 0; processes -= 1)
      write(() => store.apply({ kind: "TIME_CAME", mark: "OVERDUE", workingDays: 0 }, time.now));
    isActing = false;
  };
  return wake;
}

/** True if every step has the state that its agency leaves it in for ever, or is never sent. */
function isSettled({ store, agencies, time }: Simulation): boolean {
  return store.state.steps.every(
    ({ key, state, instruction }) =>
      instruction === null &&
      (state === "NOT_APPLICABLE" || state === "BLOCKED" || state === agencies.finalState(key, time.now)),
  );
}

/** Workers that lease due jobs and call the agencies. `write` changes the store or an agency and wakes the workers. */
function workersOf(simulation: Simulation): { write(change: () => void): void } {
  const { schedule, time, agencies, store, network, random, trace, happens } = simulation;
  const wakes = new Map<string, number>();

  function wakeForJobs(): void {
    for (const [step, job] of store.jobs) {
      const at = Math.max(job.dueAt, job.leasedUntil, time.now);
      if (wakes.get(step) === at) continue;
      wakes.set(step, at);
      time.planAt(at, dispatch);
    }
  }

  function write(change: () => void): void {
    change();
    for (const step of store.state.steps) checkUndelivered(step, agencies, network.isDelivering(step.key));
    simulation.isSettled = isSettled(simulation);
    if (!simulation.isSettled) wakeForJobs();
    simulation.wakeDeadline();
    simulation.lookForPeople();
  }

  function dispatch(): void {
    while (simulation.idleWorkers > 0 && !simulation.isSettled) {
      const lease = store.lease(time.now);
      if (lease === null) return;
      simulation.idleWorkers -= 1;
      wakeForJobs();
      work(lease);
    }
  }

  function becomeIdle(): void {
    simulation.idleWorkers += 1;
    dispatch();
  }

  function crashes(): boolean {
    if (!happens(schedule.crash)) return false;
    simulation.crashes += 1;
    time.plan(between(random, 10, 2 * schedule.leaseMs), becomeIdle);
    return true;
  }

  function work(lease: Lease): void {
    trace?.(`${time.now.toFixed(1)} ${lease.kind} ${lease.step} token ${lease.fencingToken}`);
    if (crashes()) return;
    let isWaiting = true;
    network.call(lease, (event: SagaEvent, isAnswer: boolean) => {
      if (!isWaiting) {
        // a late answer: without fencing it is written all the same
        if (isAnswer && !schedule.fenced) write(() => store.apply(event, time.now));
        return;
      }
      isWaiting = false;
      if (crashes()) return;
      const pause = happens(schedule.stall) ? between(random, 10, 4 * schedule.leaseMs) : 0;
      time.plan(pause, () => {
        trace?.(`${time.now.toFixed(1)} commit ${JSON.stringify(event)} token ${lease.fencingToken}`);
        write(() => store.commit(lease, event, time.now));
        if (!crashes()) becomeIdle();
      });
    });
  }

  return { write };
}
