import { eq } from "drizzle-orm";
import { afterLostRaces, type Tx } from "../serving/database.ts";
import { PLAIN_MODE } from "../serving/serving-mode.ts";
import {
  answerOf,
  type Delivery,
  dayOfGrant,
  decide,
  handlerOf,
  NO_LONGER_KEPT,
  readContent,
  undecided,
} from "./delivery.ts";
import { comparisonFacts, notCompared } from "./likeness.ts";
import { requirePartId } from "./part-id.ts";
import { isOpenAnswer, type PartInstruction, type Refusal, type RefusalWords, type StoredAnswer } from "./procedure.ts";
import { receivedParts } from "./tables.ts";

type Row = typeof receivedParts.$inferSelect;

/**
 * Applies a person's instruction once: a decided part keeps its answer. A grant for which the examination finds problems, or
 * likenesses that the officer has not compared, is not applied; the part stays open, with the likenesses found now.
 */
export async function instructPart(
  delivery: Delivery,
  partId: string,
  instruction: PartInstruction,
): Promise<StoredAnswer | null> {
  requirePartId(partId, "partId");
  return afterLostRaces(() => instructOnce(delivery, partId, instruction));
}

function instructOnce(delivery: Delivery, partId: string, instruction: PartInstruction): Promise<StoredAnswer | null> {
  return delivery.db.transaction(async (tx) => {
    const [row] = await tx.select().from(receivedParts).where(eq(receivedParts.partId, partId)).for("update");
    if (!row) return null;
    if (row.state !== "PROCESSING" && row.state !== "SUPPLEMENT_NEEDED") return answerOf(row);
    const answer = await answerTo(tx, delivery, row, instruction);
    if (!answer) return answerOf(row);
    await tx.update(receivedParts).set(changeFor(row, answer)).where(eq(receivedParts.partId, partId));
    return answer;
  });
}

async function answerTo(
  tx: Tx,
  delivery: Delivery,
  row: Row,
  { by, grant, refuse, supplement, answers }: PartInstruction,
): Promise<StoredAnswer | null> {
  const { caller, now, procedures } = delivery;
  if (refuse) return { ...undecided, state: "REFUSED", decidedAt: now, refusal: refusalOf(refuse) };
  if (supplement) {
    return { ...undecided, state: "SUPPLEMENT_NEEDED", decidedAt: now, supplement: supplement.items };
  }
  const handler = handlerOf(procedures, row.procedure);
  const { dossier, office, content, recordedAt } = row;
  const part = readContent(handler, {
    ...{ id: row.partId, procedure: row.procedure, dossier: dossier ?? "", office: office ?? "" },
    ...{ receivedAt: recordedAt ?? now, content },
  });
  const examined = await handler.examine(tx, grant ? { ...part, stated: grant.facts } : part);
  if (answers) {
    const { verify: _, ...answer } = await decide(tx, { ...delivery, mode: PLAIN_MODE }, handler, part, examined);
    return answer;
  }
  if (!grant || examined.problems.length > 0) return null;
  const { likenesses = [] } = examined;
  if (notCompared(likenesses, grant.compared).length > 0) return { ...answerOf(row), likenesses };
  const officer = { ...caller, subject: by, purpose: part.dossier };
  const granted = await handler.grant(tx, part, examined.found, officer, dayOfGrant(part, now));
  const facts = { ...granted.facts, ...comparisonFacts(likenesses) };
  return { ...undecided, state: "GRANTED", decidedAt: now, result: granted.result ?? null, facts };
}

/** Meaning of the code in the list of codes; a refusal itself has the officer's words. */
const BY_OFFICER = {
  code: "REFUSED_BY_OFFICER",
  message: "Cán bộ từ chối giải quyết; lý do và căn cứ pháp lý ghi trong quyết định",
  messageEn: "An officer has refused the part; the decision states reason and legal basis",
};

/** Refusal in the words of an officer, or of the desk whose term has ended. */
export function refusalOf({ reason, legalBasis, code, reasonEn }: RefusalWords): Refusal {
  return { code: code ?? BY_OFFICER.code, message: reason, messageEn: reasonEn ?? reason, legalBasis };
}

function changeFor(row: Row, answer: StoredAnswer): Partial<Row> {
  return {
    ...{ state: answer.state, facts: answer.facts, refusal: answer.refusal, supplement: answer.supplement },
    resultType: answer.result?.type ?? null,
    resultId: answer.result?.id ?? null,
    decidedAt: answer.decidedAt,
    likenesses: answer.likenesses ?? row.likenesses,
    ...(!isOpenAnswer(answer.state) && NO_LONGER_KEPT),
  };
}
