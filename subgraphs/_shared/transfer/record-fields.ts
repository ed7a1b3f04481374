import * as z from "zod";
import type { Problems } from "../registers/act-problems.ts";
import { fieldMalformed } from "./problems.ts";

/* Fields of records as files have them: CSV has only texts, and an empty one is none. */

const LONGEST_TEXT = 1_000;

export const text = z.string().min(1).max(LONGEST_TEXT);
export const optionalText = z
  .string()
  .max(LONGEST_TEXT)
  .nullish()
  .transform((value) => value || null);
const digits = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
export const wholeNumber = z.union([z.int().min(0), digits]);
export const optionalNumber = z
  .union([wholeNumber, z.literal(""), z.null()])
  .optional()
  .transform((value) => value || null);
export const decimal = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d{1,12}(\.\d{1,3})?$/)
    .transform(Number),
]);

/** The fields of a record in their form; undefined, with a problem for each that has another form. */
export function readFields<T>(schema: z.ZodType<T>, raw: object, problems: Problems): T | undefined {
  const read = schema.safeParse(raw);
  if (read.success) return read.data;
  for (const { path, message } of read.error.issues) problems.add(path.map(String), fieldMalformed(message));
  return undefined;
}
