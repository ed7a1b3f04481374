import type { GraphQLFormattedError } from "graphql";
import { buildVersion } from "../../subgraphs/_shared/serving/build-version.ts";
import { Refusal } from "../errors.ts";
import { type AskedPaper, isIssued } from "../papers/asked-paper.ts";
import { drawPaper } from "../papers/drawing-thread.ts";
import type { PaperHead } from "../papers/kinds/paper-head.ts";
import type { GraphqlEndpoint } from "./graphql-request.ts";
import { publicOrigin } from "./public-origin.ts";
import { isUnchangedRead } from "./read-response.ts";
import { type AdmittedRequest, executeRegistered } from "./registered-operation.ts";

/**
 * Sends a paper of a dossier. Its facts are read as by any operation of the caller, so the rights are those of the graph. A fact
 * that is missing because of an error is never left out: the error is the answer.
 *
 * @returns the error of a paper that cannot be made
 * @throws Refusal where the dossier has no such paper
 */
export async function sendPaper(
  endpoint: GraphqlEndpoint,
  asked: AskedPaper,
  admitted: AdmittedRequest,
): Promise<GraphQLFormattedError | undefined> {
  const { request, response } = admitted;
  const { kind, code, part } = asked;
  const { data, errors = [] } = await executeRegistered(endpoint, kind.document, { code }, admitted);
  const dossier = data?.dossier as PaperHead | null | undefined; // as every document of a paper selects it
  const index = dossier?.parts.findIndex(({ id }) => id === part) ?? -1;
  const [error] = index < 0 ? errors : errors.filter((each) => !isOfOtherPart(each, index));
  if (error || !dossier) return error;
  if (!isIssued(asked, dossier)) throw new Refusal(404, "NOT_FOUND", kind.absence, {}, { reason: "PAPER_ABSENT" });
  const paper = kind.compose(dossier, publicOrigin(request, endpoint.http.publicUrl), part);
  // the tag follows from what the paper says, so that a client that has it costs no drawing
  const text = JSON.stringify([paper, buildVersion.commit]);
  if (isUnchangedRead(request, response, { text, isComplete: true })) {
    response.writeHead(304).end();
    return undefined;
  }
  const bytes = await drawPaper(paper);
  response.writeHead(200, {
    "content-type": "application/pdf",
    "content-length": bytes.length,
    "content-disposition": `inline; filename="${code}-${kind.name}.pdf"`,
  });
  response.end(bytes);
  return undefined;
}

/** True for an error of a part whose result is not asked for. */
function isOfOtherPart({ path: [, field, place] = [] }: GraphQLFormattedError, index: number): boolean {
  return field === "parts" && typeof place === "number" && place !== index;
}
