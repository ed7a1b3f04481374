import * as z from "zod";
import { readEnvironment } from "../_shared/serving/environment.ts";

/** Range of serials (the last six digits) from which personal numbers are drawn, both bounds included. */
export type SerialRange = { from: number; to: number };

// seeded persons have serials below 100000, so no drawn number collides with theirs
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
