import { execFile } from "node:child_process";
import { promisify } from "node:util";

type CheckLine = { group: string; name: string; outcome: "passed" | "failed" | "advice" | "skipped"; reason?: string };
export type ConformanceRun = {
  exitCode: number;
  checks: CheckLine[];
  summary: { conforms: boolean; passed: number; failed: number; advice: number; skipped: number };
};

/** Runs `npm run conformance` as an institution would. @throws when it prints no summary. */
export async function runConformance(
  url: string,
  name: string,
  keys: string,
  more: readonly string[] = [],
): Promise<ConformanceRun> {
  const command = ["run", "-s", "conformance", "--", url, "--name", name, "--json", ...more];
  const environment = { ...process.env, IDENTITY_KEYS: keys };
  const { exitCode, output } = await promisify(execFile)("npm", command, { env: environment }).then(
    ({ stdout }) => ({ exitCode: 0, output: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      exitCode: error.code,
      output: error.stdout || error.stderr,
    }),
  );
  const lines = output.trim().split("\n");
  const last = lines.at(-1) ?? "";
  if (!last.startsWith("{")) throw new Error(`The conformance kit ended with ${exitCode}: ${output}`);
  const checks = lines.slice(0, -1).map((line) => JSON.parse(line) as CheckLine);
  return { exitCode, checks, summary: JSON.parse(last) };
}

/** The failed checks with their reasons: empty for an agency that conforms. */
export function failures({ checks }: ConformanceRun): string[] {
  return checks.filter((check) => check.outcome === "failed").map(({ name, reason }) => `${name}: ${reason}`);
}
