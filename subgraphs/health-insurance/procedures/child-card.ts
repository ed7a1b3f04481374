import * as z from "zod";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import type { Caller } from "../../_shared/identity/caller.ts";
import { comparedDossiers, grantedBefore, legalDay, parentNumbers, personalId } from "../../_shared/parts/content.ts";
import type { Likeness } from "../../_shared/parts/likeness.ts";
import {
  type Examination,
  type Granted,
  type Part,
  type ProcedureHandler,
  procedure,
} from "../../_shared/parts/procedure.ts";
import { commune } from "../../_shared/reference/communes.ts";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { asPartial } from "../../_shared/reference/partial-dates.ts";
import { enteredFor } from "../../_shared/registers/columns.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { childCardEntitlement } from "../cards/entitlement.ts";
import { cardOf, childCard, holderFacts, isFreeNumber, issueCard, issueCardAgain } from "../cards/issue.ts";
import { cardsLike } from "../cards/likenesses.ts";
import {
  cardAlreadyIssued,
  childNotEntitled,
  childWithoutPersonalId,
  facilityUnknown,
  formerNumberTaken,
  officeUnknown,
} from "../errors.ts";
import { facilityExists } from "../facilities/facilities.ts";

const parent = z.looseObject({ personalId: z.string().nullable() });
const content = z.looseObject({
  child: z.looseObject({
    /** Null in a check, before the residence registry has issued it. */
    personalId: personalId.nullable(),
    /** Without a name no like holders are found. */
    fullName: z.string().min(1).optional(),
    dateOfBirth: legalDay,
    multipleBirth: z.object({ order: z.number(), of: z.number() }).nullish(),
  }),
  mother: parent.nullable(),
  father: parent.nullable(),
  insurance: z.looseObject({ facility: z.string() }),
  /** True if nothing but the form tells of the birth and the parents. */
  isBirthDeclared: z.boolean().default(false),
  comparedDossiers,
  grantedBefore: grantedBefore({ number: z.string() }),
});
type Content = z.infer<typeof content>;

/**
 * Health-insurance card of a child under six (cấp thẻ bảo hiểm y tế), procedure 1.014137: Law on Health Insurance, art. 12
 * and 16; Decree 63/2024/NĐ-CP. Problems: FACILITY_UNKNOWN, CHILD_NOT_ENTITLED, CARD_ALREADY_ISSUED. Facts: the number.
 * An insurer looks at the birth certificate of a child who does not come from a registration of the birth.
 */
export function childCardProcedure(random: () => number): ProcedureHandler<Content> {
  return procedure({
    procedure: "1.014137",
    content,
    examine,
    grant: (tx, part, _found, by, on) => grant(tx, part, by, on, random),
  });
}

async function examine(tx: Tx, { content, receivedAt }: Part<Content>): Promise<Examination> {
  const { child, insurance, grantedBefore: former } = content;
  const { lastDay } = childCardEntitlement(child.dateOfBirth, receivedAt);
  const [known, card, free] = await Promise.all([
    facilityExists(tx, insurance.facility),
    child.personalId === null ? undefined : cardOf(tx, child.personalId),
    !former || isFreeNumber(tx, former.number),
  ]);
  const problems = [
    ...(free ? [] : [formerNumberTaken()]),
    ...(known ? [] : [facilityUnknown()]),
    ...(legalDayOf(receivedAt) > lastDay ? [childNotEntitled(lastDay)] : []),
    ...(card ? [cardAlreadyIssued(card.dossier)] : []),
  ];
  const verify = content.isBirthDeclared ? ["BIRTH_NOT_PROVEN"] : [];
  return { problems, verify, likenesses: await likenessesOf(tx, content), found: undefined };
}

/** Cards of holders who may be the child. A card that this register lost was compared when it was granted. */
async function likenessesOf(tx: Tx, content: Content): Promise<Likeness[]> {
  const { child, insurance, comparedDossiers, grantedBefore: former } = content;
  const { personalId, fullName } = child;
  const dateOfBirth = asPartial(child.dateOfBirth);
  if (former || fullName === undefined) return [];
  const isOfMultipleBirth = (child.multipleBirth ?? null) !== null;
  const parents = parentNumbers(content);
  const { facility } = insurance;
  return cardsLike(tx, { personalId, fullName, dateOfBirth, parents, facility, isOfMultipleBirth, comparedDossiers });
}

async function grant(
  tx: Tx,
  { id: partId, dossier, office, content, receivedAt }: Part<Content>,
  by: Caller,
  on: LegalDay,
  random: () => number,
): Promise<Granted> {
  const { child, insurance, grantedBefore: former } = content;
  if (child.personalId === null) throw childWithoutPersonalId();
  const officeProvince = commune(office)?.province;
  if (officeProvince === undefined) throw officeUnknown();
  const { lastDay } = childCardEntitlement(child.dateOfBirth, receivedAt);
  const card = {
    ...childCard(child.dateOfBirth, lastDay),
    ...holderFacts(child),
    personalId: child.personalId,
    partId,
    guardians: parentNumbers(content),
    facilityCode: insurance.facility,
    validFrom: on,
    ...enteredFor(by, dossier, { dossier }),
    dossier,
    office,
    officeProvince,
  };
  const [{ id, number }] = await Promise.all([
    former ? issueCardAgain(tx, card, former.number) : issueCard(tx, card, officeProvince, random),
    recordChange(tx, by, [child.personalId], ["cards", "card_versions"]),
  ]);
  return { result: { type: "HealthInsuranceCard", id }, facts: { number } };
}
