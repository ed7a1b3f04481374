const ownServer = "or set DATABASE_URL to a PostgreSQL (15 or newer) of your own, then nothing is started here";

/** Reason why the embedded PostgreSQL cannot be used. The message ends with a remedy. */
type PostgresFailure = Error & { reason: FailureReason };
type FailureReason =
  | "PLATFORM_PACKAGE_MISSING"
  | "BINARY_UNUSABLE"
  | "DIRECTORY_UNUSABLE"
  | "PRIVILEGES_KEPT"
  | "CLUSTER_OWNED_BY_ANOTHER"
  | "CLUSTER_OF_OTHER_VERSION"
  | "PASSWORD_MISSING"
  | "CLUSTER_HELD"
  | "PORT_TAKEN"
  | "DISK_FULL"
  | "START_FAILED";

function failure(reason: FailureReason, message: string, cause?: unknown): PostgresFailure {
  return Object.assign(new Error(message, { cause }), { reason });
}

export const platformPackageMissing = (name: string, platform: string): PostgresFailure =>
  failure(
    "PLATFORM_PACKAGE_MISSING",
    `PostgreSQL for ${platform} is not installed: the package ${name} is missing. Run "npm ci" without --omit=optional, ${ownServer}.`,
  );

export const platformUnsupported = (platform: string): PostgresFailure =>
  failure(
    "PLATFORM_PACKAGE_MISSING",
    `No embedded PostgreSQL exists for ${platform}. Take another machine, ${ownServer}.`,
  );

export const binaryUnusable = (path: string, cause: unknown): PostgresFailure =>
  failure(
    "BINARY_UNUSABLE",
    `${path} cannot be run: ${String(cause)}. It needs glibc (not Alpine's musl) and a file system without "noexec"; change that, ${ownServer}.`,
    cause,
  );

export const directoryUnusable = (directory: string, cause: unknown): PostgresFailure =>
  failure(
    "DIRECTORY_UNUSABLE",
    `PostgreSQL cannot keep its files in ${directory}: ${String(cause)}. Make it writable, ${ownServer}.`,
    cause,
  );

export const privilegesKept = (uid: number | undefined, cause: unknown): PostgresFailure =>
  failure(
    "PRIVILEGES_KEPT",
    `PostgreSQL refuses to run as root, and this process may not become user ${uid}: ${String(cause)}. Start as an ordinary user, ${ownServer}.`,
    cause,
  );

export const clusterOwnedByAnother = (cluster: string, owner: number): PostgresFailure =>
  failure(
    "CLUSTER_OWNED_BY_ANOTHER",
    `The database files in ${cluster} belong to user ${owner}. Start as the user who made them (or as root), ${ownServer}.`,
  );

export const clusterOfOtherVersion = (cluster: string, made: string, installed: string): PostgresFailure =>
  failure(
    "CLUSTER_OF_OTHER_VERSION",
    `${cluster} was made by PostgreSQL ${made}, installed is ${installed}. Install the earlier version and move the data with pg_dump, or remove the folder to start empty.`,
  );

export const passwordMissing = (file: string, cluster: string): PostgresFailure =>
  failure(
    "PASSWORD_MISSING",
    `${file} is missing, and without it no client can log in to ${cluster}. Restore the file, or remove the folder to start empty.`,
  );

export const clusterHeld = (cluster: string, pid: number, seconds: number): PostgresFailure =>
  failure(
    "CLUSTER_HELD",
    `Process ${pid} holds ${cluster} and has not answered to our password for ${seconds} s. Wait for it or end it with "kill -INT ${pid}", then start again.`,
  );

export const portTaken = (port: number): PostgresFailure =>
  failure("PORT_TAKEN", `Port ${port} on 127.0.0.1 is taken. Free it or name no port, then a free one is chosen.`);

export const diskFull = (place: string, log: string): PostgresFailure =>
  failure("DISK_FULL", `The disk that holds ${place} is full. Free some space (about 500 MB) and start again.\n${log}`);

export const userUnknown = (log: string): PostgresFailure =>
  failure(
    "START_FAILED",
    `initdb needs the user of this process in /etc/passwd. Add a line for it, ${ownServer}.\n${log}`,
  );

export const startFailed = (what: string, log: string): PostgresFailure =>
  failure("START_FAILED", `${what}. The last it said (remedy the cause, ${ownServer}):\n${log}`);

/** Tells whether `thrown` is a failure with this `reason`. */
export function failedFor(thrown: unknown, reason: FailureReason): boolean {
  return thrown instanceof Error && "reason" in thrown && thrown.reason === reason;
}

/**
 * Reads what initdb or postgres printed before it gave up.
 * `undefined` means another or a dying server still holds the cluster, so trying again later is right.
 */
export function explainExit(what: string, printed: string, place: string, port: number): PostgresFailure | undefined {
  const lines = printed.trim().split("\n").slice(-8).join("\n");
  if (/lock file "postmaster\.pid" already exists|shared memory block .* still in use/.test(printed)) return undefined;
  if (/could not bind .*in use|could not create any TCP\/IP sockets/i.test(printed)) return portTaken(port);
  if (/could not look up effective user ID/i.test(printed)) return userUnknown(lines);
  if (/No space left on device|Disk quota exceeded/i.test(printed)) return diskFull(place, lines);
  return startFailed(what, lines);
}
