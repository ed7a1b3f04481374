/** Chance that always falls the same way: whole numbers of a stream that its seed decides. */
export type Chance = {
  /** A whole number from 0 up to, but not including, `count`. */
  below(count: number): number;
  /** One of the values, which must not be empty. */
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
};

/** The stream of a seed (the mulberry32 generator of Tommy Ettinger, public domain). Not for secrets. */
export function chanceOf(seed: number): Chance {
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
export function dayIn(year: number, chance: Chance): string {
  return `${year}-${twoDigits(1 + chance.below(12))}-${twoDigits(1 + chance.below(28))}`;
}

/** A number with at least two digits, as in dates. */
export function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

const FIRST_SEEDED_MS = Date.UTC(2026, 0, 1);

/** A UUID of version 7 (RFC 9562, section 5.7) for the n-th seeded thing; different n, different UUID. */
export function seededUuid(n: number): string {
  const chance = chanceOf(n);
  const hex = (value: number, width: number) => value.toString(16).padStart(width, "0");
  const time = hex(FIRST_SEEDED_MS + n, 12);
  const tail = hex(chance.below(2 ** 24), 6) + hex(chance.below(2 ** 24), 6);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(chance.below(2 ** 12), 3)}-${hex(0x8000 + chance.below(2 ** 14), 4)}-${tail}`;
}
