import { and, eq, isNull } from "drizzle-orm";
import type { GraphQLSchema } from "graphql";
import { demand } from "../../_shared/identity/caller.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import {
  checkRequest,
  notSubmitted,
  type Submission,
  type Submitted,
  submitRequest,
  submittedBefore,
} from "../acceptance/submission.ts";
import { bundle as birthBundle } from "../bundles/birth/bundle.ts";
import type { BirthBundleInput } from "../bundles/birth/input.ts";
import type { OneStopContext } from "../loaders.ts";
import type { DossierInput } from "../single-procedures/input.ts";
import { checkSingle, submitSingle } from "../single-procedures/submit-single.ts";
import { INPUT_TYPES } from "./draft-kinds.ts";
import { draftByCode } from "./drafts.ts";
import { shapeContent } from "./input-shape.ts";
import { draftChanged, draftUsed } from "./problems.ts";
import { drafts } from "./tables.ts";
import type { DraftRow } from "./types.ts";

type Checked = { problems: Problem[]; warnings: Problem[] };

/** Problems of a draft if it were submitted now. Writes nothing. */
export async function checkDraft(ctx: OneStopContext, code: string, schema: GraphQLSchema): Promise<Checked> {
  const draft = await draftByCode(ctx, code);
  if (!draft.content) return { problems: [ownProblem([], draftUsed())], warnings: [] };
  const { input, gaps } = shapeContent(schema, INPUT_TYPES[draft.kind], draft.content);
  const { problems, warnings } = await checkInput(draft, input, ctx);
  // problems of the empty value that stands for a missing field are omitted
  const isWithinGap = ({ path }: Problem) => gaps.some((gap) => gap.path.every((name, at) => path[at] === name));
  const own = gaps.map(({ path, ...found }) => ownProblem(path, found));
  return { problems: [...own, ...problems.filter((problem) => !isWithinGap(problem))], warnings };
}

function checkInput({ kind }: DraftRow, input: object, ctx: OneStopContext): Promise<Checked> {
  // the content was read by the kind's own input type
  if (kind === "BIRTH_BUNDLE") return checkRequest(birthBundle, input as BirthBundleInput, ctx);
  return checkSingle(input as DossierInput, ctx);
}

type DraftSubmission = Submission & { code: string; revision: number };

/** Submits a dossier from a draft and links the two; or returns all problems and leaves the draft unchanged. */
export async function submitDraft(
  ctx: OneStopContext,
  { code, revision, ...submission }: DraftSubmission,
  schema: GraphQLSchema,
): Promise<Submitted> {
  const draft = await draftByCode(ctx, code);
  if (draft.kind === "BIRTH_BUNDLE") demand(ctx.caller, "bundle:submit");
  if (draft.dossierId) {
    const same = await submittedBefore(draft.dossierId, submission, ctx);
    return same ?? notSubmitted([ownProblem([], draftUsed())]);
  }
  if (draft.revision !== revision) return notSubmitted([ownProblem(["revision"], draftChanged(draft.revision))]);
  const { input, gaps } = shapeContent(schema, INPUT_TYPES[draft.kind], draft.content ?? {});
  if (gaps.length > 0) return notSubmitted((await checkDraft(ctx, code, schema)).problems);
  const use = (tx: Tx, dossierId: string) => useDraft(tx, draft, dossierId);
  const options = { ...submission, alongside: [...(submission.alongside ?? []), use] };
  // the content was read by the kind's own input type, without a gap
  if (draft.kind === "BIRTH_BUNDLE")
    return submitRequest(birthBundle, input as unknown as BirthBundleInput, options, ctx);
  return submitSingle(input as unknown as DossierInput, options, ctx);
}

/** Links a draft to its dossier and removes the content. */
async function useDraft(tx: Tx, { code, revision }: DraftRow, dossierId: string): Promise<Problem | null> {
  const used = await tx
    .update(drafts)
    .set({ dossierId, content: null })
    .where(and(eq(drafts.code, code), eq(drafts.revision, revision), isNull(drafts.dossierId)))
    .returning({ code: drafts.code });
  if (used.length > 0) return null;
  const [now] = await tx.select().from(drafts).where(eq(drafts.code, code));
  return now && !now.dossierId ? ownProblem(["revision"], draftChanged(now.revision)) : ownProblem([], draftUsed());
}
