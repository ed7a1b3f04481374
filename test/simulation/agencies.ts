import { type AnswerState, isTerminal } from "../../subgraphs/one-stop/saga/state.ts";
import { broken } from "./broken-promise.ts";
import type { Phase, Schedule } from "./schedule.ts";

type Received = { readonly at: number };

/** The agencies' registers: idempotent by key, deciding by the schedule's phases. */
export type Agencies = {
  readonly isUp: (agency: string, now: number) => boolean;
  readonly refusesConnections: (agency: string, now: number) => boolean;
  /** Takes a part, or finds that it has it; answers with where it stands. */
  readonly deliver: (key: string, now: number) => AnswerState;
  readonly status: (key: string, now: number) => AnswerState | null;
  readonly has: (key: string) => boolean;
  /** The state in which the agency will leave the part for ever; null while it may still change. */
  readonly lastWord: (key: string, now: number) => AnswerState | null;
  /** Restored from a backup: an undecided part is not there any more. */
  readonly forget: (key: string, now: number) => void;
  /** How many times the key took effect. */
  readonly effects: (key: string) => number;
};

/** @param idempotent false plants an agency that does the work again for every delivery */
export function agenciesOf(schedule: Schedule, idempotent: boolean): Agencies {
  const received = new Map<string, Received>();
  const effects = new Map<string, number>();

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
    return phaseOf(key, now)?.state ?? null;
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
      if (state === null) throw broken(`${key} has no phase at its agency`);
      return state;
    },
    status: standing,
    has: (key) => received.has(key),
    lastWord(key, now) {
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
