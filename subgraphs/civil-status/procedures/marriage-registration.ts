import { and, gte, inArray, ne, not } from "drizzle-orm";
import * as z from "zod";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { grantedBefore } from "../../_shared/parts/content.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import { type Examination, procedure } from "../../_shared/parts/procedure.ts";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { enterPartAct } from "../acts/part-act.ts";
import { keepEntries } from "../acts/perform-act.ts";
import { formerNumber, formerNumberProblems } from "../books/former-number.ts";
import { takeBookNumber } from "../books/take-number.ts";
import { statusChanged } from "../confirmations/loaders.ts";
import { maritalConfirmations } from "../confirmations/tables.ts";
import type { CivilMarriageInput } from "../marriages/input.ts";
import { maritalChanges } from "../marriages/marital-status.ts";
import { type MarriageFacts, readMarriage } from "../marriages/read-marriage.ts";
import { demandMayMarry, enterMarriage, MARRIAGE_CHANGES } from "../marriages/register-marriage.ts";
import { personKey } from "../persons/person-key.ts";
import { personInput, spouse } from "./spouses.ts";

const content = z.looseObject({
  husband: spouse,
  wife: spouse,
  grantedBefore: grantedBefore({ number: formerNumber }),
});
type Content = z.infer<typeof content>;

/**
 * Registration of a marriage (đăng ký kết hôn), 1.000894, by itself or as a part of the bundle of a marriage; Law on Civil Status 60/2014, art. 17 and
 * 18. A registrar decides each: both are present before the registrar, declare that they marry of their free will and sign the book.
 * Problems: those of the registrar's own act.
 */
export const marriageRegistration = procedure<Content, MarriageFacts | undefined>({
  procedure: "1.000894",
  content,

  async examine(tx, part): Promise<Examination<MarriageFacts | undefined>> {
    const problems = new Problems();
    const on = legalDayOf(part.receivedAt);
    const found = readMarriage(inputOf(part.content, part.dossier), on, problems);
    if (found) await demandMayMarry(tx, found, problems);
    if (found && part.content.grantedBefore) {
      const changes = await maritalChanges(tx, [personKey(found.husband), personKey(found.wife)]);
      problems.found.push(...newerFactProblems(part.content, changes));
    }
    const isConfirmed = found !== undefined && (await areConfirmed(tx, found, on));
    const former = part.content.grantedBefore?.number;
    return {
      problems: [...problems.found, ...(await formerNumberProblems(tx, "MARRIAGE", part.office, former))],
      verify: ["EVERY_MARRIAGE", ...(isConfirmed ? [] : ["STATUS_NOT_CONFIRMED"])],
      found,
    };
  },

  async grant(tx, part, facts, by, on) {
    if (!facts) throw new Error("A marriage that cannot be read cannot be registered");
    const act = await enterPartAct(tx, "MARRIAGE", part, by, on);
    const { dossier } = part;
    // it has effect from its registration, which may be later than the receipt
    await enterMarriage(tx, act, { kind: "REGISTERED", facts: { ...facts, marriedOn: act.on }, dossier });
    await keepEntries(tx, act.id, [act.id]);
    const citizens = [facts.husband, facts.wife].map(({ personalId }) => personalId ?? act.id);
    await recordChange(tx, by, citizens, MARRIAGE_CHANGES);
    // last, because others of this office wait for it
    const number = await takeBookNumber(tx, "MARRIAGE", act, part.content.grantedBefore?.number);
    return { result: { type: "MarriageRegistration", id: act.id }, facts: { number, registeredOn: act.on } };
  },
});

/** The act that a registrar would do without a dossier. */
function inputOf({ husband, wife }: Content, ground: string): CivilMarriageInput {
  return { kind: "REGISTERED", husband: personInput(husband), wife: personInput(wife), ground };
}

/** True if both have a confirmation in force by which neither is married. */
async function areConfirmed(tx: Tx, { husband, wife }: MarriageFacts, on: LegalDay): Promise<boolean> {
  const keys = [personKey(husband), personKey(wife)];
  const rows = await tx
    .select({ key: maritalConfirmations.personKey })
    .from(maritalConfirmations)
    .where(
      and(
        inArray(maritalConfirmations.personKey, keys),
        ne(maritalConfirmations.status, "MARRIED"),
        gte(maritalConfirmations.validTo, on),
        not(statusChanged),
      ),
    );
  return new Set(rows.map(({ key }) => key)).size === keys.length;
}
