import { readFileSync } from "node:fs";

/** Value below which the given share (0..1) of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: readonly number[]) => percentile(samples, 0.5);

/** Keeps `desks` workers busy for `seconds`; durations of the work items, and their number per second. */
export async function busyDesks(desks: number, seconds: number, work: (desk: number) => Promise<number>) {
  const until = performance.now() + seconds * 1_000;
  const samples: number[] = [];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: desks }, async (_, desk) => {
      while (performance.now() < until) samples.push(await work(desk));
    }),
  );
  return { samples, perSecond: samples.length / ((performance.now() - started) / 1_000) };
}

const TICKS_PER_SECOND = 100;

/** CPU seconds of a process; Linux only, else 0. */
export function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** CPU seconds of a postmaster with all its backends, living and reaped. */
export function postgresCpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    const reaped = (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
    return cpuSeconds(pid) + reaped + children.reduce((sum, child) => sum + cpuSeconds(Number(child)), 0);
  } catch {
    return 0;
  }
}

/** Lines of a table, columns padded to their widest cell. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => String(row[at] ?? "").length))) ?? [];
  return rows.map((row) => `  ${row.map((cell, at) => String(cell).padEnd(widths[at] ?? 0)).join("  ")}`).join("\n");
}
