import type { IncomingMessage } from "node:http";
import { languageOf } from "../pages/language.ts";
import type { Page } from "../pages/page-layout.ts";
import type { PageDocuments } from "../pages/public-pages.ts";
import { unsubscribePage } from "../pages/unsubscribe/unsubscribe-page.ts";
import { readRequestBody } from "./body.ts";
import type { OperationAnswer } from "./registered-operation.ts";

/** A form of one field, as mail clients send it (RFC 8058, 3.2). */
const FORM_BYTES = 2_000;

type UnsubscribeRequest = { request: IncomingMessage; path: readonly string[]; search: URLSearchParams };
type Problem = { message: string; messageEn: string };

/**
 * Page of a request below /unsubscribe; undefined: there is no such page. A POST acts, whatever its form says and wherever it comes
 * from, because the token in the address is the proof; a GET only asks.
 */
export async function unsubscribeAnswer(
  documents: PageDocuments,
  { request, path, search }: UnsubscribeRequest,
  ask: (document: string, variables: Record<string, unknown>) => Promise<OperationAnswer>,
): Promise<Page | undefined> {
  const language = languageOf(search);
  const [token = ""] = path;
  if (path.length !== 1 || token === "") return undefined;
  if (request.method !== "POST") return unsubscribePage(token, language, null);
  await readRequestBody(request, FORM_BYTES);
  const answer = await ask(documents.unsubscribe, { token });
  const act = answer.data?.unsubscribeEmail as { problems: Problem[] } | null | undefined; // as the document selects it
  if (!act) return unsubscribePage(token, language, { status: 503, text: null });
  const [problem] = act.problems;
  if (!problem) return unsubscribePage(token, language, "done");
  return unsubscribePage(token, language, {
    status: 400,
    text: language === "vi" ? problem.message : problem.messageEn,
  });
}
