import * as z from "zod";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { grantedBefore } from "../../_shared/parts/content.ts";
import { type Examination, type Part, type ProcedureHandler, procedure } from "../../_shared/parts/procedure.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { isTooYoungToMarry } from "../../_shared/reference/marriage-ages.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { enterPartAct } from "../acts/part-act.ts";
import { keepEntries } from "../acts/perform-act.ts";
import { formerNumber, formerNumberProblems } from "../books/former-number.ts";
import { CONFIRMATION_CHANGES, demandStatus, enterConfirmation } from "../confirmations/confirm-status.ts";
import type { KnownStatus } from "../marriages/marital-status.ts";
import { demandAsRegistered } from "../persons/as-registered.ts";
import { lockPersons } from "../persons/lock-persons.ts";
import { personKey } from "../persons/person-key.ts";
import { readPerson } from "../persons/read-person.ts";
import type { RecordedPerson } from "../persons/recorded.ts";
import { personInput, type Spouse, spouse } from "./spouses.ts";

const LONGEST_PURPOSE = 500;

const former = formerNumber.optional();
const common = {
  purpose: z.string(),
  grantedBefore: grantedBefore({ husbandConfirmation: former, wifeConfirmation: former }),
};
const content = z.union([z.looseObject({ husband: spouse, ...common }), z.looseObject({ wife: spouse, ...common })]);
type Content = z.infer<typeof content>;
type Who = "husband" | "wife";
type Sex = "MALE" | "FEMALE";
/** The declared spouse, and the number of the confirmation if the register has lost it. */
type Declared = { who: Who; sex: Sex; spouse: Spouse; former: string | undefined };
/** Marital status of the person as the register knows it. */
type Found = { person: RecordedPerson; purpose: string; known: KnownStatus } | undefined;

/**
 * Confirmation of the marital status of a person who is about to marry, 1.004873, as a part of the bundle of a marriage: Decree
 * 123/2015/NĐ-CP, art. 21 to 23. The office of the person's own residence confirms it. The register decides where it has the marriage from
 * which the status follows, or where it has every marriage that the person can have made; else a registrar does.
 */
export const maritalStatus = (completeFrom: LegalDay): ProcedureHandler<Content, Found> =>
  procedure<Content, Found>({
    procedure: "1.004873",
    inBundlesOnly: true,
    content,

    async examine(tx, part): Promise<Examination<Found>> {
      const problems = new Problems();
      const declared = declaredIn(part.content);
      const found = await examine(tx, part, declared, problems);
      return {
        problems: [
          ...problems.found,
          ...(await formerNumberProblems(tx, "MARITAL_STATUS", part.office, declared.former)),
        ],
        verify: found ? reasonsToVerify(found, declared.sex, completeFrom) : [],
        found,
      };
    },

    async grant(tx, part, found, by, on) {
      if (!found) throw new Error("The status of a person who cannot be read cannot be confirmed");
      const { person, purpose, known } = found;
      const { who, spouse: declared, former } = declaredIn(part.content);
      const act = await enterPartAct(tx, "MARITAL_STATUS", part, by, on);
      await keepEntries(tx, act.id, known.marriage ? [act.id, known.marriage] : [act.id]);
      await recordChange(tx, by, [person.personalId ?? act.id], CONFIRMATION_CHANGES);
      const number = await enterConfirmation(tx, act, {
        ...{ key: personKey(person), status: declared.maritalStatus, known, dossier: part.dossier },
        ...{ former, details: { person, purpose, period: null } },
      });
      return { result: { type: "MaritalStatusConfirmation", id: act.id }, facts: { [`${who}Confirmation`]: number } };
    },
  });

function declaredIn(given: Content): Declared {
  // both shapes are loose, so that the type alone does not tell them apart
  const { husbandConfirmation, wifeConfirmation } = given.grantedBefore ?? {};
  if ("husband" in given)
    return { who: "husband", sex: "MALE", spouse: given.husband as Spouse, former: husbandConfirmation };
  return { who: "wife", sex: "FEMALE", spouse: given.wife as Spouse, former: wifeConfirmation };
}

/** Adds what the register knows against the declaration. Locks the person until the transaction ends. */
async function examine(
  tx: Tx,
  part: Part<Content>,
  { who, sex, spouse: declared }: Declared,
  problems: Problems,
): Promise<Found> {
  const person = readPerson(personInput(declared), [who], problems);
  const purpose = problems.take(["purpose"], parseFreeText(part.content.purpose, LONGEST_PURPOSE));
  if (!person || !purpose) return undefined;
  const key = personKey(person);
  await lockPersons(tx, [key]);
  const at = { person: [who], status: [who, "maritalStatus"] };
  const known = await demandStatus(tx, { key, declared: declared.maritalStatus }, at, problems);
  await demandAsRegistered(tx, { person, sex }, { person: [who], sex: [who, "personalId"] }, problems);
  return { person, purpose, known };
}

/** Codes of the reasons for the review by a registrar, stored with the part. */
function reasonsToVerify({ person, known }: NonNullable<Found>, sex: Sex, completeFrom: LegalDay): string[] {
  const reasons: string[] = [];
  if (person.personalId === null) reasons.push("NO_PERSONAL_NUMBER");
  // a person who was too young on that day has married since, if ever
  if (known.marriage === null && !isTooYoungToMarry(sex, person.dateOfBirth, completeFrom))
    reasons.push("OLDER_MARRIAGE_POSSIBLE");
  return reasons;
}
