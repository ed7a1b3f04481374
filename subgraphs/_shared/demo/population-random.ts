/** Stream of pseudo-random integers that is determined by its seed. */
export type SeededRandom = {
  /** A whole number from 0 up to, but not including, `count`. */
  below(count: number): number;
  /** One of the values, which must not be empty. */
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
};

/** Stream of a seed (mulberry32 by Tommy Ettinger, public domain). Not for secrets. */
export function seededRandom(seed: number): SeededRandom {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const below = (count: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count);
  };
  return { below, pick: (values) => values[below(values.length)] ?? values[0] };
}

/** A day as yyyy-MM-dd in the given year, never after the 28th, so that it exists in every month. */
export function dayIn(year: number, random: SeededRandom): string {
  return `${year}-${twoDigits(1 + random.below(12))}-${twoDigits(1 + random.below(28))}`;
}

/** A number with at least two digits, as in dates. */
export function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

const FIRST_SEEDED_MS = Date.UTC(2026, 0, 1);

/** UUID version 7 (RFC 9562, section 5.7) for the n-th seeded entry; unique for each n. */
export function seededUuid(n: number): string {
  const random = seededRandom(n);
  const hex = (value: number, width: number) => value.toString(16).padStart(width, "0");
  const time = hex(FIRST_SEEDED_MS + n, 12);
  const tail = hex(random.below(2 ** 24), 6) + hex(random.below(2 ** 24), 6);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(random.below(2 ** 12), 3)}-${hex(0x8000 + random.below(2 ** 14), 4)}-${tail}`;
}
