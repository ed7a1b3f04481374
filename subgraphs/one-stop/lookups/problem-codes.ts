import { readFileSync } from "node:fs";
import { projectPath } from "../../_shared/serving/paths.ts";
import type { ProblemCode } from "./types.ts";

let all: readonly ProblemCode[] | undefined;

/** Every problem code of the agencies with its meaning, as `npm run compose` gathers them from the code. */
export function allProblemCodes(): readonly ProblemCode[] {
  all ??= JSON.parse(readFileSync(projectPath("schema", "problem-codes.json"), "utf8")) as ProblemCode[]; // generated
  return all;
}
