import * as z from "zod";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import type { Caller } from "../../_shared/identity/caller.ts";
import {
  type Examination,
  type Granted,
  type Part,
  type ProcedureHandler,
  procedure,
} from "../../_shared/parts/procedure.ts";
import { commune } from "../../_shared/reference/communes.ts";
import { legalDayOf, parseLegalDay } from "../../_shared/reference/days.ts";
import type { Parsed } from "../../_shared/reference/identifiers/parsed.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { cardOf, childCard, isFreeNumber, issueCard, issueCardAgain } from "../cards.ts";
import { childCardEntitlement } from "../entitlement.ts";
import {
  cardAlreadyIssued,
  childNotEntitled,
  childWithoutPersonalId,
  facilityUnknown,
  formerNumberTaken,
  officeUnknown,
} from "../errors.ts";
import { facilityExists } from "../facilities.ts";

/** Text that one of our parsers accepts. */
const readBy = <T>(parse: (raw: string) => Parsed<T>) =>
  z.string().transform((raw, ctx) => {
    const parsed = parse(raw);
    if (parsed.ok) return parsed.value;
    ctx.addIssue(parsed.fault.messageEn);
    return z.NEVER;
  });

const parent = z.looseObject({ personalId: z.string().nullable() });
const content = z.looseObject({
  child: z.looseObject({
    /** Null in a check, before the residence registry has issued it. */
    personalId: readBy(parsePersonalId).nullable(),
    dateOfBirth: readBy(parseLegalDay),
  }),
  mother: parent,
  father: parent.nullable(),
  insurance: z.looseObject({ facility: z.string() }),
  /** Number and day of a card that this register lost, as the desk remembers our answer. */
  grantedBefore: z.object({ number: z.string(), on: readBy(parseLegalDay) }).nullish(),
});
type Content = z.infer<typeof content>;

/**
 * Health-insurance card of a child under six (cấp thẻ bảo hiểm y tế), procedure 1.014137: Law on Health Insurance, art. 12
 * and 16; Decree 63/2024/NĐ-CP. Problems: FACILITY_UNKNOWN, CHILD_NOT_ENTITLED, CARD_ALREADY_ISSUED. Facts: the number.
 */
export function childCardProcedure(random: () => number): ProcedureHandler<Content> {
  return procedure({
    procedure: "1.014137",
    content,
    examine,
    grant: (tx, part, _found, by, now) => grant(tx, part, by, now, random),
  });
}

async function examine(tx: Tx, { content, receivedAt }: Part<Content>): Promise<Examination> {
  const { child, insurance, grantedBefore } = content;
  const { lastDay } = childCardEntitlement(child.dateOfBirth, receivedAt);
  const [known, card, free] = await Promise.all([
    facilityExists(tx, insurance.facility),
    child.personalId === null ? undefined : cardOf(tx, child.personalId),
    !grantedBefore || isFreeNumber(tx, grantedBefore.number),
  ]);
  const problems = [
    ...(free ? [] : [formerNumberTaken()]),
    ...(known ? [] : [facilityUnknown()]),
    ...(legalDayOf(receivedAt) > lastDay ? [childNotEntitled(lastDay)] : []),
    ...(card ? [cardAlreadyIssued(card.dossier)] : []),
  ];
  return { problems, verify: [], found: undefined };
}

async function grant(
  tx: Tx,
  { id: partId, dossier, office, content, receivedAt }: Part<Content>,
  by: Caller,
  now: Date,
  random: () => number,
): Promise<Granted> {
  const { child, mother, father, insurance, grantedBefore } = content;
  if (child.personalId === null) throw childWithoutPersonalId();
  const officeProvince = commune(office)?.province;
  if (officeProvince === undefined) throw officeUnknown();
  const { lastDay } = childCardEntitlement(child.dateOfBirth, receivedAt);
  const card = {
    ...childCard(child.dateOfBirth, lastDay),
    personalId: child.personalId,
    partId,
    guardians: [mother.personalId, father?.personalId].filter((id) => typeof id === "string"),
    facilityCode: insurance.facility,
    validFrom: grantedBefore?.on ?? legalDayOf(now),
    recordedBy: by.subject,
    ground: dossier,
    dossier,
    office,
    officeProvince,
  };
  const [{ id, number }] = await Promise.all([
    grantedBefore ? issueCardAgain(tx, card, grantedBefore.number) : issueCard(tx, card, officeProvince, random),
    recordChange(tx, by, [child.personalId], ["cards", "card_versions"]),
  ]);
  return { result: { type: "HealthInsuranceCard", id }, facts: { number } };
}
