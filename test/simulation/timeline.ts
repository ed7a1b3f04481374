type Entry = {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
};

/** Simulated time: events run in the order of their instants, and events of one instant in the order of their planning. */
export type Timeline = {
  now: number;
  readonly plan: (afterMs: number, run: () => void) => void;
  /** Plans for an exact instant, which a sum of differences can miss by rounding. */
  readonly planAt: (instant: number, run: () => void) => void;
  /** Runs the next event; false if there is none. */
  readonly step: () => boolean;
};

export function timeline(): Timeline {
  const heap: Entry[] = [];
  let order = 0;
  const self: Timeline = {
    now: 0,
    plan(afterMs, run) {
      self.planAt(self.now + afterMs, run);
    },
    planAt(at, run) {
      push(heap, { at, order: order++, run });
    },
    step() {
      const entry = pop(heap);
      if (entry === undefined) return false;
      self.now = entry.at;
      entry.run();
      return true;
    },
  };
  return self;
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above] as Entry; // above < at < heap.length
    if (!isBefore(entry, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): Entry | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && isBefore(heap[below + 1] as Entry, heap[below] as Entry)) below += 1;
    const child = heap[below] as Entry; // below < heap.length
    if (!isBefore(child, last)) break;
    heap[at] = child;
    at = below;
  }
  heap[at] = last;
  return first;
}
