declare const brand: unique symbol;

/** Branded value: a `T` that has passed the check of the brand's name. */
export type Brand<T, Name extends string> = T & { readonly [brand]: { readonly [name in Name]: true } };

/** Fault of a value and its remedy. Never repeats the value itself: it may be personal data. */
export type Fault = {
  /** UPPER_SNAKE, stable: clients switch on it. */
  code: string;
  /** Vietnamese, names the remedy. */
  message: string;
  messageEn: string;
};

/** Fault by its code and its text in both languages. */
export function fault(code: string, message: string, messageEn: string): Fault {
  return { code, message, messageEn };
}

/** Result of checking one value. Warnings are doubts that do not make it invalid. */
export type Parsed<T> = { ok: true; value: T; warnings: Fault[] } | { ok: false; fault: Fault };

export function accepted<T>(value: T, ...warnings: Fault[]): Parsed<T> {
  return { ok: true, value, warnings };
}

export function refused(fault: Fault): { ok: false; fault: Fault } {
  return { ok: false, fault };
}

/** Accepts the texts that `pattern`, anchored at both ends, matches. Nothing is trimmed, as official formats have no blanks. */
export function parseByPattern<T extends string>(raw: string, pattern: RegExp, fault: Fault): Parsed<T> {
  // the pattern is the check of the brand
  return pattern.test(raw) ? accepted(raw as T) : refused(fault);
}
