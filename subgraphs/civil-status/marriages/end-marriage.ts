import { eq } from "drizzle-orm";
import { parseLegalDay } from "../../_shared/reference/days.ts";
import { asPartial, type PartialDate } from "../../_shared/reference/partial-dates.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import { isUuid } from "../../_shared/reference/uuid.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, performAct } from "../acts/perform-act.ts";
import { eventInFuture } from "../errors.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { lockPersons } from "../persons/lock-persons.ts";
import { personKey } from "../persons/person-key.ts";
import type { RecordedPerson } from "../persons/recorded.ts";
import { endBeforeMarriage, marriageEnded, marriageUnknown } from "./errors.ts";
import type { MarriageEndInput } from "./input.ts";
import { currentSpouses, marriageEnds, marriages } from "./tables.ts";

const LONGEST_DECISION = 200;

/** Notes a divorce or an annulment that a court has decided (Law on Civil Status 60/2014, art. 30). */
export function endMarriage(
  ctx: CivilStatusContext,
  input: MarriageEndInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: input.kind, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const decision = problems.take(["decision"], parseFreeText(input.decision, LONGEST_DECISION));
    const day = problems.take(["effectiveOn"], parseLegalDay(input.effectiveOn));
    if (day && day > act.on) problems.add(["effectiveOn"], eventInFuture());
    const { marriage: id } = input;
    const [marriage] = isUuid(id) ? await tx.select().from(marriages).where(eq(marriages.id, id)) : [];
    if (!marriage) {
      problems.add(["marriage"], marriageUnknown());
      return undefined;
    }
    const spouses = [marriage.husbandKey, marriage.wifeKey];
    await lockPersons(tx, spouses);
    const [ended] = await tx.select().from(marriageEnds).where(eq(marriageEnds.marriageId, marriage.id));
    if (ended) problems.add(["marriage"], marriageEnded(ended.endedOn));
    if (day && day < marriage.marriedOn) problems.add(["effectiveOn"], endBeforeMarriage());
    if (!decision || !day || problems.found.length > 0) return undefined;
    const end = { marriageId: marriage.id, cause: input.kind, endedOn: asPartial(day), decision };
    await tx.insert(marriageEnds).values({ ...end, actId: act.id });
    return { entries: [marriage.id], citizens: spouses.filter(isNumber), changed: ["marriage_ends.*"] };
  });
}

/** The marriage that a death ended, with the personal number of the survivor, if known. */
export type EndedByDeath = { marriage: string; survivor: string | null };

/** Ends the marriage in force of a person who died. Locks the person until the transaction ends. */
export async function endMarriageOfDeceased(
  tx: Tx,
  act: Pick<Act, "id">,
  deceased: RecordedPerson,
  diedOn: PartialDate,
): Promise<EndedByDeath | null> {
  const key = personKey(deceased);
  await lockPersons(tx, [key]);
  const [found] = await tx
    .select({ id: marriages.id, husbandKey: marriages.husbandKey, wifeKey: marriages.wifeKey })
    .from(currentSpouses)
    .innerJoin(marriages, eq(marriages.id, currentSpouses.marriageId))
    .where(eq(currentSpouses.personKey, key));
  if (!found) return null;
  await tx
    .insert(marriageEnds)
    .values({ marriageId: found.id, actId: act.id, cause: "DEATH", endedOn: diedOn, decision: null });
  const survivor = found.husbandKey === key ? found.wifeKey : found.husbandKey;
  return { marriage: found.id, survivor: isNumber(survivor) ? survivor : null };
}

/** True if the key of a person is the personal number. */
function isNumber(key: string): boolean {
  return /^\d{12}$/.test(key);
}
