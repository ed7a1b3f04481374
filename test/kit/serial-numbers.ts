const last = new Map<string, number>();

/** Next number of a kind. Each test file counts from 1, independent of earlier files in the same process. */
export function serial(kind: string): number {
  const next = (last.get(kind) ?? 0) + 1;
  last.set(kind, next);
  return next;
}

export function resetSerials(): void {
  last.clear();
}
