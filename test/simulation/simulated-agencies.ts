import { type AnswerState, isTerminal } from "../../subgraphs/one-stop/saga/state.ts";
import { invariantViolated } from "./invariant-violation.ts";
import type { Phase, Schedule } from "./schedule.ts";

type Received = { readonly at: number };

/** Agencies: idempotent by key, with the decisions of the schedule's phases. */
export type Agencies = {
  readonly isUp: (agency: string, now: number) => boolean;
  readonly refusesConnections: (agency: string, now: number) => boolean;
  /** Receives a part once. @returns the part's state, also for a repeated delivery */
  readonly deliver: (key: string, now: number) => AnswerState;
  readonly status: (key: string, now: number) => AnswerState | null;
  /** Gives an open part the answer that a person has decided; a decided part keeps its own. */
  readonly instruct: (key: string, told: AnswerState, now: number) => AnswerState | null;
  readonly has: (key: string) => boolean;
  /** State that the part keeps for ever; null while it may still change. */
  readonly finalState: (key: string, now: number) => AnswerState | null;
  /** Loses an undecided part, as after a restore from a backup. */
  readonly forget: (key: string, now: number) => void;
  /** Number of times that the key took effect. */
  readonly effects: (key: string) => number;
};

/** @param idempotent false plants a fault: every delivery takes effect again */
export function simulatedAgencies(schedule: Schedule, idempotent: boolean): Agencies {
  const received = new Map<string, Received>();
  const effects = new Map<string, number>();
  const decided = new Map<string, AnswerState>();

  function phaseOf(key: string, now: number): Phase | undefined {
    const part = received.get(key);
    if (part === undefined) return undefined;
    let until = part.at;
    return schedule.phases.get(key)?.find(({ forMs }) => {
      until += forMs;
      return now < until;
    });
  }

  function standing(key: string, now: number): AnswerState | null {
    return decided.get(key) ?? phaseOf(key, now)?.state ?? null;
  }

  function outage(agency: string, now: number) {
    return schedule.outages.get(agency)?.find(({ from, to }) => from <= now && now < to);
  }

  return {
    isUp: (agency, now) => outage(agency, now) === undefined,
    refusesConnections: (agency, now) => outage(agency, now)?.refuses === true,
    deliver(key, now) {
      if (!received.has(key) || !idempotent) effects.set(key, (effects.get(key) ?? 0) + 1);
      if (!received.has(key)) received.set(key, { at: now });
      const state = standing(key, now);
      if (state === null) throw invariantViolated(`${key} has no phase at its agency`);
      return state;
    },
    status: standing,
    instruct(key, told, now) {
      const state = standing(key, now);
      if (state !== null && !isTerminal(state)) decided.set(key, told);
      return standing(key, now);
    },
    has: (key) => received.has(key),
    finalState(key, now) {
      const told = decided.get(key);
      if (told !== undefined) return told;
      const phase = phaseOf(key, now);
      return phase?.forMs === Number.POSITIVE_INFINITY ? phase.state : null;
    },
    forget(key, now) {
      const state = standing(key, now);
      if (state === null || isTerminal(state)) return;
      received.delete(key);
      effects.delete(key);
    },
    effects: (key) => effects.get(key) ?? 0,
  };
}
