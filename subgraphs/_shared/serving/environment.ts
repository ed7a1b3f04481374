import * as z from "zod";

/** A configuration that names every bad variable at once; thrown before anything is started. */
export class BadConfiguration extends Error {}

/** A setting that turns out not to work when it is used. @param problem with the remedy */
export function badSetting(variable: string, problem: string): BadConfiguration {
  return new BadConfiguration(`${HEADING}\n  ${variable}: ${problem}`);
}

const HEADING = "The configuration does not work:";

/** Values that do not come from variables, such as those of a configuration file. */
export type OtherSource = {
  /** Problems that were found before. */
  faults: readonly string[];
  /** Places of the values, by the variables that they stand for. */
  places: ReadonlyMap<string, string>;
  /** Places where values that are missing could stand, by variable. */
  possiblePlaces: ReadonlyMap<string, string>;
};

const NO_SOURCE: OtherSource = { faults: [], places: new Map(), possiblePlaces: new Map() };

/**
 * Reads environment variables once into a typed object.
 * @throws BadConfiguration with one line for each bad variable.
 */
export function readEnvironment<T extends z.ZodRawShape>(
  shape: T,
  environment: NodeJS.ProcessEnv = process.env,
  { faults, places, possiblePlaces }: OtherSource = NO_SOURCE,
) {
  const given = Object.fromEntries(Object.keys(shape).map((name) => [name, environment[name]?.trim() || undefined]));
  const parsed = z.object(shape).safeParse(given, { error: problemOf });
  if (parsed.success && faults.length === 0) return parsed.data;
  const lines = (parsed.error?.issues ?? []).map(({ path: [variable = "", ...inside], message }) => {
    const name = places.get(String(variable)) ?? String(variable);
    const place = given[String(variable)] === undefined ? possiblePlaces.get(String(variable)) : undefined;
    return `  ${[name, ...inside].join(".")}: ${message}${place === undefined ? "" : `; in the file it is ${place}`}`;
  });
  throw new BadConfiguration([HEADING, ...faults, ...lines].join("\n"));
}

/** Problem of a value in a sentence; undefined where zod's own message stands. */
function problemOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${FORMS[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.join(", ")}`;
    case "too_small":
      return issue.origin === "number" ? `must be at least ${issue.minimum}` : "must not be empty";
    case "too_big":
      return issue.origin === "number" ? `must be at most ${issue.maximum}` : undefined;
    case "unrecognized_keys":
      return `has ${issue.keys.join(", ")}, which is not known here`;
    default:
      return undefined;
  }
}

/** Forms of values by zod's names. */
const FORMS: Readonly<Record<string, string>> = {
  number: "a number",
  int: "a whole number",
  string: "a text",
  array: "a list",
  object: "an object",
  record: "an object",
  boolean: "true or false",
};

/** Longest time of a timer of Node.js; a longer one ends at once. */
const LONGEST_MS = 2_147_483_647;

export const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
export const milliseconds = (fallback: number, least = 0) =>
  z.coerce.number().int().min(least).max(LONGEST_MS).default(fallback);
export const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== ""),
  );
/** `id:secret,id:secret`, newest first. */
export const identityKeys = z
  .string()
  .regex(
    /^[\w-]+:[\w-]{16,}(,[\w-]+:[\w-]{16,})*$/,
    "must look like id:secret,id:secret with secrets of 16 characters and more",
  )
  .transform((text) =>
    text.split(",").map((pair) => {
      const [id = "", secret = ""] = pair.split(":");
      return { id, secret };
    }),
  );
