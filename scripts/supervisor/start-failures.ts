/** Reason why the system cannot be started. The message names what to change and contains no password. */
export type StartFailure = Error & { reason: StartFailureReason };
type StartFailureReason =
  | "ALREADY_RUNNING"
  | "PORT_TAKEN"
  | "PORTS_ALIKE"
  | "DATABASE_UNUSABLE"
  | "PROCESS_FAILED"
  | "NOT_READY"
  | "NOT_BUILT"
  | "INTERRUPTED";

function failure(reason: StartFailureReason, message: string, cause?: unknown): StartFailure {
  return Object.assign(new Error(message, { cause }), { reason });
}

export function isStartFailure(thrown: unknown): thrown is StartFailure {
  return thrown instanceof Error && "reason" in thrown;
}

export const alreadyRunning = (data: string, pid: number, since: string, gateway: string | undefined): StartFailure =>
  failure(
    "ALREADY_RUNNING",
    `A system already runs on ${data}: process ${pid}, since ${since}${gateway ? `, at ${gateway}` : ""}.
Use that system, or stop it (Ctrl-C in its terminal, or "kill ${pid}"), or set MOTCUA_DATA to another directory and PORT, PORT_… to other ports.`,
  );

export const portsTaken = (lines: string[]): StartFailure => failure("PORT_TAKEN", lines.join("\n"));

export const portsAlike = (port: number, variables: string[]): StartFailure =>
  failure("PORTS_ALIKE", `${variables.join(" and ")} are both ${port}. Give each process its own port.`);

export const databaseUnusable = (address: string, why: string, remedy: string, cause: unknown): StartFailure =>
  failure(
    "DATABASE_UNUSABLE",
    `The PostgreSQL of DATABASE_URL (${address}) cannot be used: ${why}.
${remedy}, or unset DATABASE_URL to start an embedded PostgreSQL.`,
    cause,
  );

export const processFailed = (name: string, how: string, log: string, lines: string): StartFailure =>
  failure("PROCESS_FAILED", `${name} does not start: it ended ${how}. Last lines of ${log}:\n${lines}`);

export const notReady = (waiting: string[], seconds: number): StartFailure =>
  failure("NOT_READY", `Not ready after ${seconds} s: ${waiting.join("; ")}.`);

export const notBuilt = (path: string): StartFailure =>
  failure("NOT_BUILT", `${path} does not exist. Run "npm run build" first.`);

export const interrupted = (): StartFailure => failure("INTERRUPTED", "The start was interrupted.");
