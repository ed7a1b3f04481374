import type { IncomingMessage } from "node:http";
import { StoreUnavailable } from "../../subgraphs/_shared/attachments/bucket.ts";
import type { Attachments } from "../attachments/open-attachments.ts";
import { badRequest, Refusal } from "../errors.ts";
import type { Language } from "../pages/language.ts";
import type { PageDocuments } from "../pages/public-pages.ts";
import type { AnswerProof, OpenSupplement } from "../pages/tracking/supplement-forms.ts";
import { storeContent } from "./attachment-requests.ts";
import { readMultipartForm } from "./multipart-form.ts";
import type { OperationAnswer } from "./registered-operation.ts";

type Problem = { code?: string; message: string; messageEn: string };

/** Problem of a right code whose supplement is answered. */
const ANSWERED = "NOTHING_TO_SUPPLEMENT";

/** Parts of the gateway that an answer to a supplement by its code needs. */
export type SupplementForms = {
  documents: PageDocuments;
  language: Language;
  /** Undefined where files are not taken. */
  attachments: Attachments | undefined;
  logFault(part: string, error: Error): void;
  ask(document: string, variables: Record<string, unknown>): Promise<OperationAnswer>;
};

/** Outcome of an operation: its value, the text of its problem, or the answer itself where it has no data. */
export type Outcome<Value> =
  | { value: Value }
  | { problem: string; code?: string | undefined }
  | { failed: OperationAnswer };

/** Supplement that a code opens. */
export async function openedSupplement(
  { documents, language, ask }: SupplementForms,
  { code, digits, answerCode }: AnswerProof,
): Promise<Outcome<OpenSupplement>> {
  const answer = await ask(documents.supplementByCode, { code, phoneLast4: digits, answerCode });
  return outcomeOf(answer, answer.data?.supplementByCode as OpenSupplement & { problems: Problem[] }, language); // as selected
}

type Answer = { item: string; text: string | null; attachment: string | null };
/** Answers of a form; `refusal`: why one of its files was not stored. */
export type GivenAnswers = { proof: AnswerProof; answers: Answer[]; refusal: Refusal | null };

export async function sendAnswers(
  { documents, language, ask }: SupplementForms,
  { proof: { code, digits, answerCode }, answers }: GivenAnswers,
): Promise<Outcome<unknown>> {
  const answer = await ask(documents.answerSupplementByCode, { code, phoneLast4: digits, answerCode, answers });
  return outcomeOf(answer, answer.data?.answerSupplementByCode as { problems: Problem[] }, language); // as selected
}

function outcomeOf<Value extends { problems: Problem[] }>(
  answer: OperationAnswer,
  value: Value | null | undefined,
  language: Language,
): Outcome<Value> {
  if (!value) return { failed: answer };
  const [problem] = value.problems;
  return problem ? { problem: language === "vi" ? problem.message : problem.messageEn, code: problem.code } : { value };
}

/** Reads the form of answers. A file is stored only after the code was found right. @throws Refusal */
export async function readAnswers(
  forms: SupplementForms,
  request: IncomingMessage,
  code: string,
): Promise<GivenAnswers> {
  let refusal: Refusal | null = null;
  let opened: Promise<Outcome<OpenSupplement>> | undefined;
  const { fields, files } = await readMultipartForm(request, async (stream, earlier) => {
    opened ??= openedSupplement(forms, proofOf(code, earlier));
    const outcome = await opened;
    // a form that is sent again is answered as the first time
    const isRight = "value" in outcome || ("problem" in outcome && outcome.code === ANSWERED);
    if (!isRight) throw badRequest("The answer code opens no supplement of the dossier", 403);
    const { attachments } = forms;
    if (!attachments) throw badRequest("No files are taken", 415);
    try {
      return (await storeContent(attachments, stream, `answer-code:${code}`, forms.logFault)).id;
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof StoreUnavailable)) throw error;
      if (error instanceof StoreUnavailable) forms.logFault("store of attachments", error);
      refusal = error instanceof Refusal ? error : new Refusal(503, "UNAVAILABLE", error.message);
      return null;
    }
  });
  const items = [
    ...new Set([...fields.keys(), ...files.keys()].flatMap((name) => /^(?:text|file):(.+)$/.exec(name)?.[1] ?? [])),
  ];
  const answers = items.map((item) => ({
    item,
    text: fields.get(`text:${item}`)?.trim() || null,
    attachment: files.get(`file:${item}`) ?? null,
  }));
  return { proof: proofOf(code, fields), answers, refusal };
}

function proofOf(code: string, fields: ReadonlyMap<string, string>): AnswerProof {
  return { code, digits: fields.get("phoneLast4")?.trim() ?? "", answerCode: fields.get("answerCode")?.trim() ?? "" };
}
