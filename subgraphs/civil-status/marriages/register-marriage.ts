import { eq, inArray } from "drizzle-orm";
import { commune } from "../../_shared/reference/communes.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, performAct } from "../acts/perform-act.ts";
import { takeBookNumber } from "../books/take-number.ts";
import { deaths } from "../deaths/tables.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { demandAsRegistered } from "../persons/as-registered.ts";
import { lockPersons } from "../persons/lock-persons.ts";
import { personKey } from "../persons/person-key.ts";
import type { RegistrationKind } from "../persons/registration-kinds.ts";
import { alreadyMarried, closeKin, formerInLaws, spouseDeceased } from "./errors.ts";
import type { CivilMarriageInput } from "./input.ts";
import { areCloseKin, areFormerInLaws } from "./kinship.ts";
import { type MarriageFacts, readMarriage } from "./read-marriage.ts";
import { currentSpouses, marriages, marriageVersions } from "./tables.ts";

export const MARRIAGE_CHANGES = ["marriages.*", "marriage_versions.*", "book_numbers.*"];

/** Registers a marriage (Law on Civil Status 60/2014, art. 17 and 18; Law on Marriage and Family 52/2014, art. 5 and 8). */
export function registerMarriage(
  ctx: CivilStatusContext,
  input: CivilMarriageInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "MARRIAGE" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const facts = readMarriage(input, act.on, problems);
    if (!facts) return undefined;
    await demandMayMarry(tx, facts, problems);
    if (problems.found.length > 0) return undefined;
    await enterMarriage(tx, act, { kind: input.kind, facts, dossier: null });
    await takeBookNumber(tx, "MARRIAGE", act);
    const citizens = [facts.husband, facts.wife].map(({ personalId }) => personalId ?? act.id);
    return { entries: [act.id], citizens, changed: MARRIAGE_CHANGES };
  });
}

/** Adds what the register knows against a marriage. Locks both persons until the transaction ends. */
export async function demandMayMarry(tx: Tx, facts: MarriageFacts, problems: Problems): Promise<void> {
  const { husband, wife } = facts;
  const keys = { husband: personKey(husband), wife: personKey(wife) };
  await lockPersons(tx, [keys.husband, keys.wife]);
  const both = [keys.husband, keys.wife];
  const [dead, married] = await Promise.all([
    tx.select({ key: deaths.deceasedKey }).from(deaths).where(inArray(deaths.deceasedKey, both)),
    marriagesInForce(tx, both),
  ]);
  for (const [who, sex, person] of [["husband", "MALE", husband] as const, ["wife", "FEMALE", wife] as const]) {
    const paths = { person: [who], sex: [who, "personalId"] };
    await demandAsRegistered(tx, { person, sex }, paths, problems);
    if (dead.some(({ key }) => key === keys[who])) problems.add([who], spouseDeceased());
    const other = married.find(({ key }) => key === keys[who]);
    if (other) problems.add([who], alreadyMarried(other.marriedOn));
  }
  if (await areCloseKin(tx, keys)) problems.add(["wife"], closeKin());
  if (await areFormerInLaws(tx, keys)) problems.add(["wife"], formerInLaws());
}

function marriagesInForce(tx: Tx, keys: readonly string[]): Promise<{ key: string; marriedOn: LegalDay }[]> {
  return tx
    .select({ key: currentSpouses.personKey, marriedOn: marriages.marriedOn })
    .from(currentSpouses)
    .innerJoin(marriages, eq(marriages.id, currentSpouses.marriageId))
    .where(inArray(currentSpouses.personKey, [...keys]));
}

type NewMarriage = { kind: RegistrationKind; facts: MarriageFacts; dossier: string | null };

/** Enters a marriage: head and first version. Triggers refuse it if a spouse is married or dead. */
export async function enterMarriage(tx: Tx, { id, on, by, ground, office }: Act, marriage: NewMarriage): Promise<void> {
  const { kind, facts, dossier } = marriage;
  const { marriedOn, ...details } = facts;
  const { husband, wife } = details;
  await tx.insert(marriages).values({
    ...{ id, kind, registeredOn: on, marriedOn, husbandKey: personKey(husband), wifeKey: personKey(wife) },
    ...{ dossier, office, officeProvince: commune(office)?.province ?? null },
  });
  await tx.insert(marriageVersions).values({
    ...{ marriageId: id, validFrom: on, recordedBy: by, ground, actId: id },
    ...{ husbandName: husband.fullName, wifeName: wife.fullName, details },
  });
}
