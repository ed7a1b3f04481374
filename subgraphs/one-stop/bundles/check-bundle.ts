import type { SubmittableKind } from "../acceptance/application.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import { checkRequest } from "../acceptance/submission.ts";
import { checkHint } from "../hints/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { visibleCitizens } from "../rights.ts";
import { namedPersons } from "./named-persons.ts";
import { type BundleCheck, bundleProcedure } from "./types.ts";

/** Result of a check as clients see it, with the persons named whom the caller may see: each agency fills in its own facts. */
export async function checkBundle<Input extends object, Request extends object>(
  kind: SubmittableKind<Input, Request>,
  input: Input,
  ctx: OneStopContext,
): Promise<BundleCheck> {
  const { ready, problems, warnings, hints, procedures } = await checkRequest(kind, input, ctx);
  const named = namedPersons(input);
  const numbers = named.map(({ personalId }) => personalId);
  const visible = await visibleCitizens(ctx.db, ctx.caller, numbers);
  return {
    ready,
    problems: problems.map(problemForClient),
    warnings: warnings.map(problemForClient),
    hints: hints.map(checkHint),
    procedures: procedures.map(bundleProcedure),
    known: named.flatMap(({ path, personalId }) =>
      visible.has(personalId) ? [{ path, citizen: { personalId } }] : [],
    ),
  };
}
