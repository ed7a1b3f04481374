import { type DestinationStream, type Logger, pino } from "pino";

/**
 * The log of one part: a structured line for each event, which never holds a name, a personal number or a phone. Errors are
 * told by kind, code and place in the program: a driver's own text repeats the values of the statement that failed.
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
