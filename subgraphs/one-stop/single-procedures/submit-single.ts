import { fault } from "../../_shared/reference/identifiers/parsed.ts";
import { attachmentsTooMany, attachmentUnknown, ownProblem, type Problem } from "../acceptance/problems.ts";
import {
  checkRequest,
  notSubmitted,
  type Submission,
  type Submitted,
  submitRequest,
} from "../acceptance/submission.ts";
import { MOST_ATTACHMENTS } from "../attachments/number-of-attachments.ts";
import { unknownAttachments } from "../attachments/unknown-attachments.ts";
import type { OneStopContext } from "../loaders.ts";
import type { DossierInput } from "./input.ts";
import { singleProcedure } from "./single-procedure.ts";

const procedureUnknown = () =>
  fault(
    "PROCEDURE_UNKNOWN",
    "Không có thủ tục hành chính với mã này trong danh mục",
    "The catalogue has no procedure with this code",
  );

/** Problems of papers that are too many, or whose attachment was not uploaded. */
async function papersProblems({ papers }: DossierInput, ctx: OneStopContext): Promise<Problem[]> {
  if (papers && papers.length > MOST_ATTACHMENTS) return [ownProblem(["papers"], attachmentsTooMany(MOST_ATTACHMENTS))];
  const places = await unknownAttachments(ctx, papers ?? []);
  return places.map((place) => ownProblem(["papers", String(place), "attachment"], attachmentUnknown()));
}

/** Checks a dossier for one procedure before its submission. */
export async function checkSingle(
  input: DossierInput,
  ctx: OneStopContext,
): Promise<{ problems: Problem[]; warnings: Problem[] }> {
  const kind = singleProcedure(input.procedure);
  if (!kind) return { problems: [ownProblem(["procedure"], procedureUnknown())], warnings: [] };
  const { problems, warnings } = await checkRequest(kind, input, ctx);
  return { problems: [...(await papersProblems(input, ctx)), ...problems], warnings };
}

/** Submits a dossier for one procedure of the catalogue. */
export async function submitSingle(
  input: DossierInput,
  submission: Submission,
  ctx: OneStopContext,
): Promise<Submitted> {
  const kind = singleProcedure(input.procedure);
  if (!kind) return notSubmitted([ownProblem(["procedure"], procedureUnknown())]);
  if ((await papersProblems(input, ctx)).length === 0) return submitRequest(kind, input, submission, ctx);
  return notSubmitted((await checkSingle(input, ctx)).problems);
}
