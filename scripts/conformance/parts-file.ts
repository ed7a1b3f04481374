import { readFileSync } from "node:fs";
import * as z from "zod";

const content = z.record(z.string(), z.unknown());

const file = z.strictObject({
  procedure: z.string().min(1),
  office: z.string().default("31471"),
  /** Content that is granted by rule at once. */
  granted: content,
  /** True where the same content under another id is refused, because the fact exists already. */
  grantedOnce: z.boolean().default(false),
  /** Content that is refused. */
  refused: content.optional(),
  /** Content that waits for an officer. */
  officer: content.optional(),
  /** Content that does not fit the procedure. */
  unfit: content.default({ conformance: "no such content" }),
});

/** Input of the part checks: one procedure, with contents whose outcome is known. */
export type PartsFile = z.infer<typeof file>;

/** @throws with one line for each fault of the file. */
export function readPartsFile(path: string): PartsFile {
  const parsed = file.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => `${path}: ${issue.path.join(".")} ${issue.message}`).join("\n"));
}

let lastNumber = Date.now() % 1_000_000_000;

/** The content with each `{{NAME:N}}` replaced by N digits that no earlier content of this run had, the same for the same NAME. */
export function fresh(template: Record<string, unknown>): Record<string, unknown> {
  const numbers = new Map<string, number>();
  const text = JSON.stringify(template).replaceAll(/\{\{(\w+):(\d+)\}\}/g, (_, name: string, digits: string) => {
    const number = numbers.get(name) ?? ++lastNumber;
    numbers.set(name, number);
    return String(number).padStart(Number(digits), "0").slice(-Number(digits));
  });
  return JSON.parse(text) as Record<string, unknown>; // the text of an object
}
