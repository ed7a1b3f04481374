/** Something that ends at its deadline (`performance.now()` milliseconds) unless it is removed before. */
export type Expiring = {
  readonly deadline: number;
  expire(): void;
  /** Index among the pending ones; -1 at first, and once it is removed. */
  position: number;
};

/**
 * Deadlines of all requests to a subgraph, with one timer for the earliest: a timer for each request takes several times as long
 * (measured). Deadlines mostly come in order, so the timer is rarely set again. An array, since the discarded tables of a Set keep
 * ended requests in memory until the next full garbage collection.
 */
export class Deadlines {
  private readonly pending: Expiring[] = [];
  private timer: NodeJS.Timeout | undefined;
  private timerAt = Number.POSITIVE_INFINITY;

  add(expiring: Expiring): void {
    expiring.position = this.pending.push(expiring) - 1;
    if (expiring.deadline < this.timerAt) this.setTimer(expiring.deadline);
  }

  /** No effect on one that is not pending. */
  remove(expiring: Expiring): void {
    const { position } = expiring;
    if (position < 0) return;
    expiring.position = -1;
    const last = this.pending.pop();
    if (!last || last === expiring) return;
    this.pending[position] = last;
    last.position = position;
  }

  private setTimer(at: number): void {
    clearTimeout(this.timer);
    this.timerAt = at;
    this.timer = setTimeout(() => this.expireDue(), at - performance.now()).unref(); // connections keep the process alive
  }

  private expireDue(): void {
    this.timerAt = Number.POSITIVE_INFINITY;
    const now = performance.now();
    const due = this.pending
      .filter(({ deadline }) => deadline <= now)
      .sort((one, other) => one.deadline - other.deadline);
    for (const each of due) {
      this.remove(each);
      each.expire();
    }
    const next = Math.min(...this.pending.map(({ deadline }) => deadline));
    if (next < this.timerAt) this.setTimer(next);
  }
}
