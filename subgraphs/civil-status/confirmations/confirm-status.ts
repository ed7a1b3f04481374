import { eq } from "drizzle-orm";
import { commune } from "../../_shared/reference/communes.ts";
import { addMonths } from "../../_shared/reference/days.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, performAct } from "../acts/perform-act.ts";
import { takeBookNumber } from "../books/take-number.ts";
import { deaths } from "../deaths/tables.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { spouseDeceased } from "../marriages/errors.ts";
import { type KnownStatus, type MaritalStatus, maritalStatuses, NO_MARRIAGE } from "../marriages/marital-status.ts";
import { lockPersons } from "../persons/lock-persons.ts";
import { personKey } from "../persons/person-key.ts";
import { marriageNotRegistered, statusDiffers } from "./errors.ts";
import type { MaritalConfirmationInput } from "./input.ts";
import { type ConfirmationDetails, readConfirmation } from "./read-confirmation.ts";
import { maritalConfirmations } from "./tables.ts";

/** A confirmation is valid for six months from its issue: Decree 123/2015/NĐ-CP, art. 23 (1). */
const VALID_MONTHS = 6;
export const CONFIRMATION_CHANGES = ["marital_confirmations.*", "book_numbers.*"];
/** Places of the person and of the status in the input of a confirmation. */
export const AT_INPUT = { person: ["person"], status: ["status"] };

/** Confirms a marital status that the register does not contradict. */
export function confirmMaritalStatus(
  ctx: CivilStatusContext,
  input: MaritalConfirmationInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "MARITAL_STATUS" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const details = readConfirmation(input, act.on, problems);
    if (!details) return undefined;
    const key = personKey(details.person);
    await lockPersons(tx, [key]);
    const known = await demandStatus(tx, { key, declared: input.status }, AT_INPUT, problems);
    if (problems.found.length > 0) return undefined;
    await enterConfirmation(tx, act, { key, status: input.status, known, details, dossier: null });
    return {
      entries: known.marriage ? [act.id, known.marriage] : [act.id],
      citizens: [details.person.personalId ?? act.id],
      changed: CONFIRMATION_CHANGES,
    };
  });
}

type DeclaredStatus = { key: string; declared: MaritalStatus };

/** Marital status as the register knows it. A contradiction to the declared status becomes a problem; older marriages may be missing in the register. */
export async function demandStatus(
  tx: Tx,
  { key, declared }: DeclaredStatus,
  at: { person: Path; status: Path },
  problems: Problems,
): Promise<KnownStatus> {
  const [[dead], statuses] = await Promise.all([
    tx.select({ id: deaths.id }).from(deaths).where(eq(deaths.deceasedKey, key)),
    maritalStatuses(tx, [key]),
  ]);
  const known = statuses.get(key) ?? NO_MARRIAGE;
  if (dead) problems.add(at.person, spouseDeceased());
  if (known.marriage !== null && known.status !== declared) problems.add(at.status, statusDiffers(known.status));
  if (known.marriage === null && declared === "MARRIED") problems.add(at.status, marriageNotRegistered());
  return known;
}

type NewConfirmation = {
  key: string;
  status: MaritalStatus;
  known: KnownStatus;
  details: ConfirmationDetails;
  dossier: string | null;
  /** Number of a confirmation that the register has lost. */
  former?: string | undefined;
};

/** Enters a confirmation. @returns its number n/yyyy in the book of the office */
export async function enterConfirmation(
  tx: Tx,
  act: Act,
  { key, status, known, details, dossier, former }: NewConfirmation,
): Promise<string> {
  const { id, on, office } = act;
  await tx.insert(maritalConfirmations).values({
    ...{ id, personKey: key, status, marriageId: known.marriage, details },
    ...{ issuedOn: on, validTo: addMonths(on, VALID_MONTHS) },
    ...{ dossier, office, officeProvince: commune(office)?.province ?? null },
  });
  return takeBookNumber(tx, "MARITAL_STATUS", act, former);
}
