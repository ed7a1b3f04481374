import * as z from "zod";

/** A configuration that names every bad variable at once; thrown before anything is started. */
export class BadConfiguration extends Error {}

/** Values that do not come from variables, such as those of a configuration file. */
export type OtherSource = {
  /** Problems that were found before. */
  faults: readonly string[];
  /** Places of the values, by the variables that they stand for. */
  places: ReadonlyMap<string, string>;
};

/**
 * Reads environment variables once into a typed object.
 * @throws BadConfiguration with one line for each bad variable.
 */
export function readEnvironment<T extends z.ZodRawShape>(
  shape: T,
  environment: NodeJS.ProcessEnv = process.env,
  { faults, places }: OtherSource = { faults: [], places: new Map() },
) {
  const given = Object.fromEntries(Object.keys(shape).map((name) => [name, environment[name] || undefined]));
  const parsed = z.object(shape).safeParse(given);
  if (parsed.success && faults.length === 0) return parsed.data;
  const lines = (parsed.error?.issues ?? []).map(({ path: [variable = "", ...inside], message }) => {
    const name = places.get(String(variable)) ?? String(variable);
    return `  ${[name, ...inside].join(".")}: ${message}`;
  });
  throw new BadConfiguration(`The configuration does not work:\n${[...faults, ...lines].join("\n")}`);
}

export const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
export const milliseconds = (fallback: number) => z.coerce.number().int().min(0).default(fallback);
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
