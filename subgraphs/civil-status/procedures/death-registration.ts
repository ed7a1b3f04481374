import * as z from "zod";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { grantedBefore } from "../../_shared/parts/content.ts";
import { type Examination, type Part, type PartProblem, procedure } from "../../_shared/parts/procedure.ts";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { enterPartAct } from "../acts/part-act.ts";
import { keepEntries } from "../acts/perform-act.ts";
import { formerNumber, formerNumberProblems } from "../books/former-number.ts";
import { takeBookNumber } from "../books/take-number.ts";
import { deathAlreadyRegistered } from "../deaths/errors.ts";
import type { CivilDeathInput } from "../deaths/input.ts";
import { type DeathFacts, readDeath } from "../deaths/read-death.ts";
import { deathOf, enterDeath } from "../deaths/register-death.ts";
import { demandAsRegistered } from "../persons/as-registered.ts";

const text = z.string();
const optional = text.nullish();
const address = z.looseObject({ line: text, commune: text });
const content = z.looseObject({
  declarant: z.looseObject({ fullName: text, personalId: optional, relation: text }),
  deceased: z.looseObject({
    ...{ fullName: text, sex: z.enum(["MALE", "FEMALE"]), dateOfBirth: text, personalId: optional },
    ...{ ethnicity: text, nationality: text, lastResidence: address },
  }),
  death: z.looseObject({
    ...{ diedOn: text, diedAt: optional, place: address, cause: optional, withoutNotice: optional },
    notice: z.looseObject({ number: text, issuedOn: text, issuer: text }).nullish(),
  }),
  grantedBefore: grantedBefore({ number: formerNumber }),
});
type Content = z.infer<typeof content>;

/**
 * Registration of a death (đăng ký khai tử), 1.000656, by itself or as a part of the interlinked procedures; Law on Civil Status 60/2014, art. 32
 * to 34. A registrar decides each: no register confirms a death notice. Problems: those of the registrar's own act.
 */
export const deathRegistration = procedure<Content, DeathFacts | undefined>({
  procedure: "1.000656",
  content,

  async examine(tx, part): Promise<Examination<DeathFacts | undefined>> {
    const problems = new Problems();
    const facts = readDeath(inputOf(part), legalDayOf(part.receivedAt), [], problems);
    if (facts) await compareWithRegister(tx, facts, problems);
    const known = facts && (await deathOf(tx, facts));
    const faults: PartProblem[] = problems.found.map((found) => ({ ...found, path: pathInContent(found.path) }));
    const { dossier = null } = known ?? {};
    if (known)
      faults.push({
        ...{ ...deathAlreadyRegistered(known.registeredOn), path: ["deceased"] },
        ...(dossier !== null && { existingDossier: dossier }),
      });
    faults.push(...(await formerNumberProblems(tx, "DEATH", part.office, part.content.grantedBefore?.number)));
    return { problems: faults, verify: ["EVERY_DEATH"], found: facts };
  },

  async grant(tx, part, facts, by, on) {
    if (!facts) throw new Error("A death that cannot be read cannot be registered");
    const act = await enterPartAct(tx, "DEATH", part, by, on);
    const { dossier } = part;
    const { entries, citizens, changed } = await enterDeath(tx, act, { kind: "REGISTERED", facts, dossier });
    await keepEntries(tx, act.id, entries);
    await recordChange(tx, by, [...citizens], changed);
    // last, because others of this office wait for it
    const number = await takeBookNumber(tx, "DEATH", act, part.content.grantedBefore?.number);
    return { result: { type: "DeathRegistration", id: act.id }, facts: { number, registeredOn: act.on } };
  },
});

/** Compares the deceased with the registered birth. */
async function compareWithRegister(tx: Tx, { sex, details }: DeathFacts, problems: Problems): Promise<void> {
  const paths = { person: ["deceased"], sex: ["deceased", "sex"] };
  await demandAsRegistered(tx, { person: details.deceased, sex }, paths, problems);
}

/** The act that a registrar would do by himself. */
function inputOf({ content: { declarant, deceased, death }, dossier }: Part<Content>): CivilDeathInput {
  const { lastResidence, sex, ...person } = deceased;
  const { diedOn, diedAt, place, cause, notice, withoutNotice } = death;
  return {
    ...{ kind: "REGISTERED", deceased: { ...person, residence: lastResidence }, sex, declarant, ground: dossier },
    diedOn,
    diedAt: diedAt ?? null,
    place,
    cause: cause ?? null,
    notice: notice ?? null,
    withoutNotice: withoutNotice ?? null,
  };
}

/** Path into the client's request for a path into the registrar's act. */
function pathInContent([first = "", ...rest]: readonly string[]): string[] {
  if (first === "declarant") return [first, ...rest];
  if (first === "deceased") return [first, ...rest.map((name) => (name === "residence" ? "lastResidence" : name))];
  return first === "sex" ? ["deceased", first] : ["death", first, ...rest];
}
