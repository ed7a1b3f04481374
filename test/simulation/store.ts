import type { decide } from "../../subgraphs/one-stop/saga/decide.ts";
import type { Command, SagaEvent, SagaState, StepState } from "../../subgraphs/one-stop/saga/state.ts";
import type { Chance } from "./chance.ts";
import { checkTransition } from "./promises.ts";

export type Decide = typeof decide;
export type Entry = Extract<Command, { kind: "RECORD" }>;
export type Job = {
  kind: "DELIVER" | "ASK_STATUS";
  dueAt: number;
  leasedUntil: number;
};
export type Claim = {
  readonly step: string;
  readonly kind: Job["kind"];
  readonly token: number;
};

/** One-stop's database: the saga, its history, and an outbox of one job a step, leased and fenced. */
export type Store = {
  state: SagaState;
  readonly history: Entry[];
  readonly jobs: ReadonlyMap<string, Job>;
  /** What the history says last of each step. */
  readonly lastRecorded: ReadonlyMap<string, StepState>;
  /** Writes refused because another worker holds the step. */
  fencedOff: number;
  readonly apply: (event: SagaEvent, now: number) => void;
  /** Leases a due job and commits CALLED; null when none is due. */
  readonly claim: (now: number) => Claim | null;
  /** A worker's report; with fencing only the last claimant's is taken. */
  readonly commit: (claim: Claim, event: SagaEvent, now: number) => void;
};

type Settings = { start: SagaState; leaseMs: number; fenced: boolean };

export function storeOf({ start, leaseMs, fenced }: Settings, decide: Decide, chance: Chance): Store {
  const jobs = new Map<string, Job>();
  const tokens = new Map<string, number>();
  const lastRecorded = new Map<string, StepState>();

  function obey(command: Command, now: number): void {
    switch (command.kind) {
      case "DELIVER":
      case "ASK_STATUS":
        jobs.set(command.step, {
          kind: command.kind,
          dueAt: now + command.afterMs,
          leasedUntil: 0,
        });
        return;
      case "REST":
        jobs.delete(command.step);
        return;
      case "RECORD":
        store.history.push(command);
        // Of a step only states of steps are recorded.
        if (command.step !== null) lastRecorded.set(command.step, command.state as StepState);
    }
  }

  const store: Store = {
    state: start,
    history: [],
    jobs,
    lastRecorded,
    fencedOff: 0,
    apply(event, now) {
      const before = store.state;
      const { state, commands } = decide(before, event, chance());
      store.state = state;
      for (const command of commands) obey(command, now);
      checkTransition(before, store, commands);
    },
    claim(now) {
      for (const [step, job] of jobs) {
        if (job.dueAt > now || job.leasedUntil > now) continue;
        const token = (tokens.get(step) ?? 0) + 1;
        tokens.set(step, token);
        job.leasedUntil = now + leaseMs;
        store.apply({ kind: "CALLED", step }, now);
        if (jobs.has(step)) return { step, kind: job.kind, token };
      }
      return null;
    },
    commit(claim, event, now) {
      const held = jobs.has(claim.step) && tokens.get(claim.step) === claim.token;
      if (!held && fenced) store.fencedOff += 1;
      else store.apply(event, now);
    },
  };
  return store;
}
