declare const brand: unique symbol;

/** A string (or other value) that has passed the check its name stands for; structurally still a `T`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: { readonly [name in Name]: true } };

/** What is wrong with a value, and how to put it right. Never repeats the value itself: it may be personal data. */
export type Fault = {
  /** UPPER_SNAKE, stable: clients switch on it. */
  code: string;
  /** Vietnamese, names the remedy. */
  message: string;
  messageEn: string;
};

/** The outcome of checking one value. Warnings are doubts that do not stop it. */
export type Parsed<T> = { ok: true; value: T; warnings: Fault[] } | { ok: false; fault: Fault };

export function accepted<T>(value: T, ...warnings: Fault[]): Parsed<T> {
  return { ok: true, value, warnings };
}

export function refused(fault: Fault): { ok: false; fault: Fault } {
  return { ok: false, fault };
}

/** Accepts exactly what `pattern` (anchored at both ends) matches. Nothing is trimmed: official formats have no blanks around. */
export function parseByPattern<T extends string>(raw: string, pattern: RegExp, fault: Fault): Parsed<T> {
  // The pattern is the check that earns the brand.
  return pattern.test(raw) ? accepted(raw as T) : refused(fault);
}
