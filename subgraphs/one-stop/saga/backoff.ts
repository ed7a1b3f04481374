/** How long to wait between calls: the first wait and the longest, in milliseconds. */
export type Pace = { readonly baseMs: number; readonly capMs: number };

/** The paces of a saga: sending again, asking an agency that works, asking one that waits for the citizen. */
export type Paces = { readonly deliver: Pace; readonly processing: Pace; readonly supplement: Pace };

export const PACES: Paces = {
  deliver: { baseMs: 200, capMs: 30_000 },
  processing: { baseMs: 2_000, capMs: 300_000 },
  supplement: { baseMs: 5_000, capMs: 600_000 },
};

/**
 * Milliseconds to wait before round `round` (0 the first): doubles from the base up to the cap; half of it is jitter,
 * so that dossiers that failed together do not come back together.
 *
 * @param chance 0..1
 */
export function backoffMs(round: number, chance: number, pace: Pace): number {
  const ceiling = Math.min(pace.capMs, pace.baseMs * 2 ** Math.max(0, round));
  return Math.round(ceiling * (0.5 + chance / 2));
}
