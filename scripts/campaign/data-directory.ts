import { chmodSync, mkdtempSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A fresh folder for a system, into which PostgreSQL's account may look. */
export function scratchData(): string {
  const data = mkdtempSync(join(tmpdir(), "motcua-campaign-"));
  chmodSync(data, 0o755);
  return data;
}

/** Removes it, with the cluster that had to live elsewhere, if it had to. */
export function removeData(data: string): void {
  try {
    rmSync(readlinkSync(join(data, "postgres", "cluster-elsewhere")), { recursive: true, force: true });
  } catch {
    // it lives where it belongs
  }
  rmSync(data, { recursive: true, force: true });
}
