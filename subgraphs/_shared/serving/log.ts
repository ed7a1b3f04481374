import { type DestinationStream, type Logger, pino } from "pino";

/**
 * Log of one process: a structured line for each event, without names, personal numbers or phones. Errors are logged by kind,
 * code and stack, because the message of a database driver repeats the values of the failed statement.
 */
export function partLog(part: string, level: string, destination?: DestinationStream): Logger {
  return pino({ level, base: { part }, serializers: { err: anonymousError } }, destination ?? pino.destination(1));
}

function anonymousError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error;
  const { name, stack, cause } = error;
  const facts = Object.fromEntries(
    ["code", "constraint_name", "table_name"].flatMap((key) => {
      const value = (error as unknown as Record<string, unknown>)[key];
      return typeof value === "string" ? [[key, value]] : [];
    }),
  );
  const message = error.message
    .split(/\n|\bparams:/)[0]
    ?.replaceAll(/\d{4,}/g, "#")
    .slice(0, 500);
  const at = stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
  return { name, message, ...facts, at, ...(cause !== undefined && { cause: anonymousError(cause) }) };
}
