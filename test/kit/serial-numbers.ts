const last = new Map<string, number>();

/** The next number of a kind: each test file counts from 1, whatever ran before it in the same process. */
export function serial(kind: string): number {
  const next = (last.get(kind) ?? 0) + 1;
  last.set(kind, next);
  return next;
}

export function countAnew(): void {
  last.clear();
}
