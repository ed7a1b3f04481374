/** Runs `work` over slices small enough for PostgreSQL's 65,535 parameters of one statement. */
export async function inChunks<T>(
  items: readonly T[],
  work: (some: T[]) => Promise<void>,
  size = 2_000,
): Promise<void> {
  for (let start = 0; start < items.length; start += size) await work(items.slice(start, start + size));
}
