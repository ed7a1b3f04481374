import { readFileSync } from "node:fs";
import { projectPath } from "../../_shared/serving/paths.ts";

let decided: ReadonlySet<string> | undefined;

/** True if an agency decides the procedure by its own rules, as `npm run compose` gathers them from the agencies. */
export function isDecidedByAgency(code: string): boolean {
  decided ??= new Set(JSON.parse(readFileSync(projectPath("schema", "decided-procedures.json"), "utf8")) as string[]);
  return decided.has(code);
}
