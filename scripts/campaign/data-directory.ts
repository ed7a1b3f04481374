import { chmodSync, mkdtempSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** New data directory of a system, readable by PostgreSQL's account. */
export function scratchData(): string {
  const data = mkdtempSync(join(tmpdir(), "motcua-campaign-"));
  chmodSync(data, 0o755);
  return data;
}

/** Removes a data directory, and its cluster where that is stored elsewhere. */
export function removeData(data: string): void {
  try {
    rmSync(readlinkSync(join(data, "postgres", "cluster-elsewhere")), { recursive: true, force: true });
  } catch {
    // the cluster is inside the directory
  }
  rmSync(data, { recursive: true, force: true });
}
