import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

export const REFERENCE_KEYS = "new:0123456789abcdef0123456789abcdef,old:the-secret-before-the-rotation";
/** Contents of known outcome for the reference agency. */
export const REFERENCE_PARTS = {
  procedure: "vehicle-registration",
  granted: { chassisNumber: "VFA{{chassis:14}}", ownerPersonalId: "093195000017" },
  grantedOnce: true,
  refused: { chassisNumber: "O", ownerPersonalId: "093195000017" },
  officer: { chassisNumber: "VFB{{chassis:14}}", ownerPersonalId: "093195000017", imported: true },
  unfit: { chassisNumber: 7 },
};

export type ReferenceAgency = { url: string; stop(): Promise<void> };

/** Reason why the reference agency cannot run here, or undefined. */
export function pythonMissing(): string | undefined {
  try {
    const version = execFileSync("python3", ["--version"], { encoding: "utf8" });
    return /Python 3\.(9|\d\d)/.test(version) ? undefined : `Python 3.9 or newer is needed, this is ${version.trim()}`;
  } catch {
    return "python3 is not installed";
  }
}

/** Starts the reference agency on a free port; resolves when it listens. */
export async function startReferenceAgency(database: string): Promise<ReferenceAgency> {
  const program = projectPath("test", "reference-agency", "agency.py");
  const child = spawn("python3", ["-B", program, "--keys", REFERENCE_KEYS, "--database", database], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await portOf(child);
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async stop() {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The reference agency ended with ${code}`)));
    let printed = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk;
      const [, port] = /ready (\d+)/.exec(printed) ?? [];
      if (port) resolve(Number(port));
    });
  });
}
