import type { Extension, Suspension } from "./terms.ts";

/** Stored suspension. Instants are ISO texts. `answerBy` is the planned end, null if no rule sets one. */
export type StoredSuspension = {
  from: string;
  to: string | null;
  reason: Suspension["reason"];
  after: Suspension["after"];
  answerBy: string | null;
  /** Planned end without a rule, once the due date that assumed an answer at once has passed. */
  assumedAt?: string;
};

/** Suspensions and extensions of a clock since its start. */
export type StoredClock = {
  readonly suspensions: readonly StoredSuspension[];
  readonly extensions: readonly Extension[];
};

/** Clock without suspensions and extensions, which is stored as null. */
export const UNCHANGED: StoredClock = { suspensions: [], extensions: [] };

/** Suspends a running clock. */
export function stopClock(
  clock: StoredClock | null,
  now: Date,
  rule: Pick<StoredSuspension, "reason" | "after" | "answerBy">,
): StoredClock {
  if (isStopped(clock)) return clock;
  const { suspensions, extensions } = clock ?? UNCHANGED;
  return { suspensions: [...suspensions, { ...rule, from: now.toISOString(), to: null }], extensions };
}

/** Ends the suspension of a suspended clock. */
export function runClock(clock: StoredClock | null, now: Date): StoredClock | null {
  return isStopped(clock) ? changeLast(clock, { to: now.toISOString() }) : clock;
}

/** Sets the planned end of the suspension of a suspended clock. */
export function awaitUntil(clock: StoredClock | null, answerBy: string | null): StoredClock | null {
  return isStopped(clock) ? changeLast(clock, { answerBy }) : clock;
}

/** Assumes that a suspension without a planned end ends now. */
export function assumeAnswerAt(clock: StoredClock | null, now: Date): StoredClock | null {
  if (!isStopped(clock) || clock.suspensions.at(-1)?.answerBy) return clock;
  return changeLast(clock, { assumedAt: now.toISOString() });
}

export function extendClock(clock: StoredClock | null, extension: Extension): StoredClock {
  const { suspensions, extensions } = clock ?? UNCHANGED;
  return { suspensions, extensions: [...extensions, extension] };
}

/** True if the citizen or a payment is awaited. */
export function isStopped(clock: StoredClock | null): clock is StoredClock {
  return clock !== null && clock.suspensions.at(-1)?.to === null;
}

/** True if the due date had passed when the clock was suspended: what was late then stays late. */
export function wasLateWhenStopped(clock: StoredClock | null, dueAt: Date): boolean {
  const suspension = isStopped(clock) ? clock.suspensions.at(-1) : undefined;
  return suspension !== undefined && dueAt < new Date(suspension.from);
}

/** Suspensions as the count takes them: one that still lasts ends as planned or assumed, or else at once. */
export function suspensionsOf(clock: StoredClock | null): Suspension[] {
  return (clock ?? UNCHANGED).suspensions.map(({ from, to, reason, after, answerBy, assumedAt }) => ({
    ...{ from: new Date(from), to: new Date(to ?? answerBy ?? assumedAt ?? from), reason, after },
    ...(to === null && { planned: true }),
  }));
}

function changeLast(clock: StoredClock, change: Partial<StoredSuspension>): StoredClock {
  const last = clock.suspensions.length - 1;
  const suspensions = clock.suspensions.map((each, index) => (index === last ? { ...each, ...change } : each));
  return { ...clock, suspensions };
}
