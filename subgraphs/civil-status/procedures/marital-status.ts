import * as z from "zod";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { grantedBefore } from "../../_shared/parts/content.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import { type Examination, type Part, type ProcedureHandler, procedure } from "../../_shared/parts/procedure.ts";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { personalIdFacts } from "../../_shared/reference/identifiers/personal-id.ts";
import { isTooYoungToMarry } from "../../_shared/reference/marriage-ages.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { enterPartAct } from "../acts/part-act.ts";
import { keepEntries } from "../acts/perform-act.ts";
import { formerNumber, formerNumberProblems } from "../books/former-number.ts";
import { AT_INPUT, CONFIRMATION_CHANGES, demandStatus, enterConfirmation } from "../confirmations/confirm-status.ts";
import type { MaritalConfirmationInput } from "../confirmations/input.ts";
import { type ConfirmationDetails, readConfirmation } from "../confirmations/read-confirmation.ts";
import { type KnownStatus, type MaritalStatus, maritalChanges } from "../marriages/marital-status.ts";
import { demandAsRegistered } from "../persons/as-registered.ts";
import { lockPersons } from "../persons/lock-persons.ts";
import { personKey } from "../persons/person-key.ts";
import { personInput, registeredPerson, type Spouse, spouse } from "./spouses.ts";

const former = formerNumber.optional();
const common = {
  purpose: z.string(),
  grantedBefore: grantedBefore({ husbandConfirmation: former, wifeConfirmation: former, confirmation: former }),
};
const content = z.union([
  z.looseObject({ husband: spouse, ...common }),
  z.looseObject({ wife: spouse, ...common }),
  z.looseObject({
    person: registeredPerson,
    maritalStatus: z.enum(["NEVER_MARRIED", "MARRIED", "DIVORCED", "WIDOWED"]),
    ...{ period: z.looseObject({ from: z.string(), to: z.string() }).nullish(), ...common },
  }),
]);
type Content = z.infer<typeof content>;
type Who = "husband" | "wife" | "person";
type Sex = "MALE" | "FEMALE";
/** The declaration, and the number of the confirmation if the register has lost it. */
type Declared = { who: Who; sex: Sex | null; input: MaritalConfirmationInput; former: string | undefined };
/** Marital status of the person as the register knows it. */
type Found = { details: ConfirmationDetails; sex: Sex | null; status: MaritalStatus; known: KnownStatus } | undefined;

/**
 * Confirmation of the marital status, 1.004873, by itself or of a person who is about to marry, as a part of the bundle of a marriage: Decree
 * 123/2015/NĐ-CP, art. 21 to 23. The office of the person's own residence confirms it. The register decides where it has the marriage from
 * which the status follows, or where it has every marriage that the person can have made; else a registrar does.
 */
export const maritalStatus = (completeFrom: LegalDay): ProcedureHandler<Content, Found> =>
  procedure<Content, Found>({
    procedure: "1.004873",
    content,

    async examine(tx, part): Promise<Examination<Found>> {
      const problems = new Problems();
      const declared = declaredIn(part);
      const found = await examine(tx, part, declared, problems);
      return {
        problems: [
          ...problems.found.map((each) => ({ ...each, path: pathInContent(each.path, declared) })),
          ...(await formerNumberProblems(tx, "MARITAL_STATUS", part.office, declared.former)),
        ],
        verify: found ? reasonsToVerify(found, completeFrom) : [],
        found,
      };
    },

    async grant(tx, part, found, by, on) {
      if (!found) throw new Error("The status of a person who cannot be read cannot be confirmed");
      const { details, status, known } = found;
      const { person } = details;
      const { who, former } = declaredIn(part);
      const act = await enterPartAct(tx, "MARITAL_STATUS", part, by, on);
      await keepEntries(tx, act.id, known.marriage ? [act.id, known.marriage] : [act.id]);
      await recordChange(tx, by, [person.personalId ?? act.id], CONFIRMATION_CHANGES);
      const key = personKey(person);
      const number = await enterConfirmation(tx, act, { key, status, known, details, dossier: part.dossier, former });
      return { result: { type: "MaritalStatusConfirmation", id: act.id }, facts: { [FACTS[who]]: number } };
    },
  });

/** Name of the fact that is the confirmation's number. */
const FACTS = { husband: "husbandConfirmation", wife: "wifeConfirmation", person: "confirmation" } as const;

function declaredIn({ content: given, dossier: ground }: Part<Content>): Declared {
  const { purpose, grantedBefore: before } = given;
  // all shapes are loose, so that the type alone does not tell them apart
  if ("person" in given) {
    const { person, maritalStatus: status, period } = given as z.infer<(typeof content.options)[2]>;
    const input = { person: personInput(person), status, period, purpose, ground };
    return { who: "person", sex: null, input, former: before?.confirmation };
  }
  const [who, sex] = "husband" in given ? (["husband", "MALE"] as const) : (["wife", "FEMALE"] as const);
  const declared = given[who] as Spouse;
  const input = { person: personInput(declared), status: declared.maritalStatus, purpose, ground };
  return { who, sex, input, former: before?.[FACTS[who]] };
}

/** Path into the content for a path into the registrar's own act. */
function pathInContent([first = "", ...rest]: readonly string[], { who }: Declared): string[] {
  if (first === "person") return [who, ...rest];
  return first !== "status" ? [first, ...rest] : who === "person" ? ["maritalStatus"] : [who, "maritalStatus"];
}

/** Adds what the register knows against the declaration. Locks the person until the transaction ends. */
async function examine(tx: Tx, part: Part<Content>, { sex, input }: Declared, problems: Problems): Promise<Found> {
  const details = readConfirmation(input, legalDayOf(part.receivedAt), problems);
  if (!details) return undefined;
  const { person } = details;
  const key = personKey(person);
  await lockPersons(tx, [key]);
  const { status } = input;
  const known = await demandStatus(tx, { key, declared: status }, AT_INPUT, problems);
  if (part.content.grantedBefore)
    problems.found.push(...newerFactProblems(part.content, await maritalChanges(tx, [key])));
  const sexDeclared = sex ?? (person.personalId && personalIdFacts(person.personalId).sex);
  const paths = { person: ["person"], sex: ["person", "personalId"] };
  if (sexDeclared) await demandAsRegistered(tx, { person, sex: sexDeclared }, paths, problems);
  return { details, sex: sexDeclared, status, known };
}

/** Codes of the reasons for the review by a registrar, stored with the part. */
function reasonsToVerify({ details: { person }, sex, known }: NonNullable<Found>, completeFrom: LegalDay): string[] {
  const reasons: string[] = [];
  if (person.personalId === null) reasons.push("NO_PERSONAL_NUMBER");
  // a person who was too young on that day has married since, if ever
  if (known.marriage === null && (sex === null || !isTooYoungToMarry(sex, person.dateOfBirth, completeFrom)))
    reasons.push("OLDER_MARRIAGE_POSSIBLE");
  return reasons;
}
