import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

/** Duration of a command and the most resident memory that it had; NaN where there is no /proc. */
export type Finished = { seconds: number; peakMegabytes: number };

const LOOK_EVERY_MS = 100;

/** Runs a built command of `scripts/` to its end. @throws Error if it fails */
export async function runWatched(
  name: string,
  values: readonly string[],
  environment: Record<string, string>,
): Promise<Finished> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ["--enable-source-maps", projectPath("dist", "scripts", `${name}.js`), ...values],
    { env: { ...process.env, ...environment }, stdio: ["ignore", "ignore", "inherit"] },
  );
  let peakMegabytes = Number.NaN;
  const look = setInterval(() => {
    peakMegabytes = peakOf(child.pid) ?? peakMegabytes;
  }, LOOK_EVERY_MS);
  const [code] = await once(child, "exit");
  clearInterval(look);
  if (code !== 0) throw new Error(`${name} ${values.join(" ")} ended with ${code}`);
  return { seconds: (performance.now() - began) / 1_000, peakMegabytes };
}

/** Most resident memory that a process has had so far, in megabytes; undefined once it has ended. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024;
  } catch {
    return undefined;
  }
}
