import * as z from "zod";
import { readEnvironment } from "../_shared/serving/environment.ts";

/** From which to which serial (the last six digits) personal numbers are drawn, both included. */
export type SerialRange = { from: number; to: number };

// Seeded persons have serials below 100000, so no number drawn meets theirs.
const DEFAULT_RANGE = "100000-999999";

const serialRange = z
  .string()
  .regex(/^\d{6}-\d{6}$/, "must look like 100000-999999: the first and the last serial of six digits")
  .default(DEFAULT_RANGE)
  .transform((text): SerialRange => ({ from: Number(text.slice(0, 6)), to: Number(text.slice(7)) }))
  .refine(({ from, to }) => from <= to, "must begin with the smaller serial");

/** PERSONAL_NUMBER_RANGE. @throws BadConfiguration when it is no range. */
export function readSerialRange(environment: NodeJS.ProcessEnv): SerialRange {
  return readEnvironment({ PERSONAL_NUMBER_RANGE: serialRange }, environment).PERSONAL_NUMBER_RANGE;
}
