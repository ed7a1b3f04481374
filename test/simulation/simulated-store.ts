import type { decide } from "../../subgraphs/one-stop/saga/decide.ts";
import type { AnswerState, Command, SagaEvent, SagaState, StepState } from "../../subgraphs/one-stop/saga/state.ts";
import { deadlineInvariants } from "./deadline-invariants.ts";
import { checkTransition } from "./invariants.ts";
import type { Random } from "./seeded-random.ts";

export type Decide = typeof decide;
export type Entry = Extract<Command, { kind: "RECORD" }>;
export type Job = {
  kind: "DELIVER" | "ASK_STATUS" | "INSTRUCT";
  dueAt: number;
  leasedUntil: number;
};
export type Lease = {
  readonly step: string;
  readonly kind: Job["kind"];
  readonly fencingToken: number;
};

/** Database of the one-stop desk: the saga, its history, and an outbox with one leased and fenced job per step. */
export type Store = {
  state: SagaState;
  readonly history: Entry[];
  readonly jobs: ReadonlyMap<string, Job>;
  /** Last recorded state of each step. */
  readonly lastRecorded: ReadonlyMap<string, StepState>;
  /** The desk's clock of the dossier's term: the time that it has counted so far. */
  readonly countedMs: (now: number) => number;
  readonly clockRuns: () => boolean;
  /** Sum of the refunds ordered, in dong. */
  refunded: number;
  /** Number of writes that were refused because another worker holds the lease. */
  fencedOff: number;
  readonly apply: (event: SagaEvent, now: number) => void;
  /** Instructions that the saga has taken, with the answer that the agency is told to give. */
  readonly instructions: ReadonlyMap<string, AnswerState>;
  /** Applies an act of a person, or of a deadline in place of one. */
  readonly instruct: (event: SagaEvent & { step: string }, told: AnswerState, now: number) => void;
  /** Leases a due job and commits CALLED; null when none is due. */
  readonly lease: (now: number) => Lease | null;
  /** Writes a worker's report; with fencing only that of the last lease holder. */
  readonly commit: (lease: Lease, event: SagaEvent, now: number) => void;
};

type Settings = { start: SagaState; leaseMs: number; fenced: boolean; termMs: number };

export function simulatedStore({ start, leaseMs, fenced, termMs }: Settings, decide: Decide, random: Random): Store {
  const deadlines = deadlineInvariants(termMs);
  const jobs = new Map<string, Job>();
  const tokens = new Map<string, number>();
  const lastRecorded = new Map<string, StepState>();
  const instructions = new Map<string, AnswerState>();
  const clock = { countedMs: 0, runsSince: 0 as number | null };

  function execute(command: Command, now: number): void {
    switch (command.kind) {
      case "DELIVER":
      case "ASK_STATUS":
      case "INSTRUCT":
        jobs.set(command.step, {
          kind: command.kind,
          dueAt: now + command.afterMs,
          leasedUntil: 0,
        });
        return;
      case "STOP_CLOCK":
        clock.countedMs += now - (clock.runsSince ?? now);
        clock.runsSince = null;
        return;
      case "RUN_CLOCK":
        clock.runsSince ??= now;
        return;
      case "CLEAR_WORK":
        jobs.delete(command.step);
        return;
      case "REFUND":
        store.refunded += command.amountVnd;
        return;
      case "RECORD":
        store.history.push(command);
        // a RECORD with a step has a step's state
        if (command.step !== null) lastRecorded.set(command.step, command.state as StepState);
    }
  }

  const store: Store = {
    state: start,
    history: [],
    jobs,
    lastRecorded,
    instructions,
    refunded: 0,
    fencedOff: 0,
    clockRuns: () => clock.runsSince !== null,
    countedMs: (now) => clock.countedMs + (clock.runsSince === null ? 0 : now - clock.runsSince),
    apply(event, now) {
      const before = store.state;
      const { state, commands } = decide(before, event, random());
      store.state = state;
      for (const command of commands) execute(command, now);
      checkTransition(before, store, commands);
      deadlines.changed(before, state, now);
    },
    instruct(event, told, now) {
      const pending = () => store.state.steps.find(({ key }) => key === event.step)?.instruction ?? null;
      const before = pending();
      store.apply(event, now);
      if (before === null && pending() !== null) instructions.set(event.step, told);
    },
    lease(now) {
      for (const [step, job] of jobs) {
        if (job.dueAt > now || job.leasedUntil > now) continue;
        const fencingToken = (tokens.get(step) ?? 0) + 1;
        tokens.set(step, fencingToken);
        job.leasedUntil = now + leaseMs;
        store.apply({ kind: "CALLED", step }, now);
        if (jobs.has(step)) return { step, kind: job.kind, fencingToken };
      }
      return null;
    },
    commit(lease, event, now) {
      const held = jobs.has(lease.step) && tokens.get(lease.step) === lease.fencingToken;
      if (!held && fenced) store.fencedOff += 1;
      else store.apply(event, now);
    },
  };
  return store;
}
