import { eq } from "drizzle-orm";
import { commune } from "../../_shared/reference/communes.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import { takeBookNumber } from "../books/take-number.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { endMarriageOfDeceased } from "../marriages/end-marriage.ts";
import { demandAsRegistered } from "../persons/as-registered.ts";
import { personKey } from "../persons/person-key.ts";
import type { RegistrationKind } from "../persons/registration-kinds.ts";
import { deathAlreadyRegistered } from "./errors.ts";
import type { CivilDeathInput } from "./input.ts";
import { type DeathFacts, readDeath } from "./read-death.ts";
import { deaths, deathVersions } from "./tables.ts";

const CHANGED = ["deaths.*", "death_versions.*", "book_numbers.*"];

/** Registers a death: one for each person (Law on Civil Status 60/2014, art. 32 to 34). */
export function registerDeath(
  ctx: CivilStatusContext,
  input: CivilDeathInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "DEATH" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const facts = readDeath(input, act.on, [], problems);
    if (!facts) return undefined;
    const { deceased } = facts.details;
    const of = { person: deceased, sex: facts.sex };
    await demandAsRegistered(tx, of, { person: ["deceased"], sex: ["sex"] }, problems);
    const known = await deathOf(tx, facts);
    if (known) problems.add(["deceased"], deathAlreadyRegistered(known.registeredOn));
    if (problems.found.length > 0) return undefined;
    const entered = await enterDeath(tx, act, { kind: input.kind, facts, dossier: null });
    await takeBookNumber(tx, "DEATH", act);
    return entered;
  });
}

/** The registered death of the same person, if there is one. */
export async function deathOf(
  tx: Tx,
  facts: DeathFacts,
): Promise<{ registeredOn: LegalDay; dossier: string | null } | undefined> {
  const [known] = await tx
    .select({ registeredOn: deaths.registeredOn, dossier: deaths.dossier })
    .from(deaths)
    .where(eq(deaths.deceasedKey, deceasedKey(facts)));
  return known;
}

type NewDeath = { kind: RegistrationKind; facts: DeathFacts; dossier: string | null };

/**
 * Enters a death: head and first version. A unique constraint refuses a second one of the same person. The death ends the marriage of
 * the deceased, whom it locks until the transaction ends.
 */
export async function enterDeath(tx: Tx, act: Act, death: NewDeath): Promise<NonNullable<Performed>> {
  const { id, on, by, ground, office } = act;
  const { kind, facts, dossier } = death;
  const { deceased, declarant } = facts.details;
  await tx.insert(deaths).values({
    ...{ id, kind, registeredOn: on, deceasedKey: deceasedKey(facts), personalId: deceased.personalId },
    ...{ declarant: declarant.personalId, dossier, office, officeProvince: commune(office)?.province ?? null },
  });
  await tx.insert(deathVersions).values({
    ...{ deathId: id, validFrom: on, recordedBy: by, ground, actId: id },
    ...{ fullName: deceased.fullName, dateOfBirth: deceased.dateOfBirth, ...facts },
  });
  const ended = await endMarriageOfDeceased(tx, act, deceased, facts.diedOn);
  return {
    entries: ended ? [id, ended.marriage] : [id],
    citizens: [deceased.personalId ?? id, ...(ended?.survivor ? [ended.survivor] : [])],
    changed: ended ? [...CHANGED, "marriage_ends.*"] : CHANGED,
  };
}

/** Identity of a deceased: the person's, and without a personal number also the day, because names and years recur. */
export function deceasedKey({ diedOn, details: { deceased } }: DeathFacts): string {
  return deceased.personalId ?? `${personKey(deceased)}|${diedOn}`;
}
