/** Seeded pseudo-random numbers (mulberry32): the same seed gives the same run on every machine. */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = (seed * 0x9e3779b9) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Number between `low` and `high`, log-uniformly distributed. */
export function between(random: Random, low: number, high: number): number {
  return low * (high / low) ** random();
}

export function oneOf<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}
