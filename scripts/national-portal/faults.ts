/**
 * Faults of the stand-in. AWAY: no answer; LOSES_ANSWERS: does the work and drops the answer;
 * REPEATS: the network delivers each message twice; REFUSES: answers every update with an error in its own words; LENIENT:
 * accepts steps out of order, and a status that goes back; BROKEN: a page of an upstream proxy in place of an answer; HIDES_STEPS:
 * answers a question without the list of steps; LATE: gives no answer, and does the work only after the next message.
 */
export const FAULTS = [
  "AWAY",
  "LOSES_ANSWERS",
  "REPEATS",
  "REFUSES",
  "LENIENT",
  "BROKEN",
  "HIDES_STEPS",
  "LATE",
] as const;
export type Fault = (typeof FAULTS)[number];

/** A fault that ends after a number of messages, or stays until it is switched off. */
export type Faults = {
  /** Switches a fault on for the next `times` messages; 0 switches it off. */
  set(fault: Fault, times: number): void;
  /** True if the fault is on for this message, which it then counts. */
  strikes(fault: Fault): boolean;
  all(): Partial<Record<Fault, number>>;
};

export function faults(): Faults {
  const left = new Map<Fault, number>();
  return {
    set(fault, times) {
      if (times > 0) left.set(fault, times);
      else left.delete(fault);
    },
    strikes(fault) {
      const times = left.get(fault) ?? 0;
      if (times === 0) return false;
      if (times === 1) left.delete(fault);
      else left.set(fault, times - 1);
      return true;
    },
    all: () => Object.fromEntries(left),
  };
}
