/** Seeded chance (mulberry32): the same seed gives the same run on every machine. */
export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  let state = (seed * 0x9e3779b9) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A number between `low` and `high`, spread evenly over the orders of magnitude. */
export function between(chance: Chance, low: number, high: number): number {
  return low * (high / low) ** chance();
}

export function oneOf<T>(chance: Chance, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(chance() * choices.length)] ?? choices[0];
}
