import { uuidv7 } from "uuidv7";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Act } from "../../_shared/registers/perform-act.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, type Entry, type Performed, performAct } from "../acts/perform-act.ts";
import { readHouseholds } from "../households/locked-households.ts";
import type { ResidenceContext } from "../loaders.ts";
import { type DeclaredAddress, type HomeAddress, readAddress } from "../residencies/addresses.ts";
import { type DeclaredPerson, readPersons } from "../residencies/declared-persons.ts";
import { moversMissing } from "../residencies/errors.ts";
import { homeOf, type Resident } from "../residencies/residents.ts";
import { temporaryAlready, temporaryAtHome } from "./errors.ts";
import type { TemporaryResidenceInput } from "./input.ts";
import { temporaryResidences, temporaryResidenceVersions } from "./tables.ts";
import { lockNumbers, temporaryFrom, temporaryInCommune } from "./temporary-residences.ts";
import { readTerm, type Term } from "./terms.ts";

/** Persons who stay at an address until a day, as requested. */
export type StayRequest = {
  persons: readonly DeclaredPerson[];
  address: { declared: DeclaredAddress; path: Path };
  endsOn: { day: string; path: Path };
};
/** A stay that is possible. */
export type Stay = { residents: readonly Resident[]; address: HomeAddress; term: Term };

/** Registers the temporary residence of persons at one address (đăng ký tạm trú), Law on Residence 68/2020, art. 27 and 28. */
export function registerTemporary(
  ctx: ResidenceContext,
  input: TemporaryResidenceInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "TEMPORARY_RESIDENCE" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => register(tx, act, input, problems));
}

async function register(tx: Tx, act: Act, input: TemporaryResidenceInput, problems: Problems): Promise<Performed> {
  if (input.persons.length === 0) problems.add(["persons"], moversMissing());
  await lockNumbers(tx, input.persons);
  const request = {
    persons: input.persons.map((personalId, index) => ({ personalId, path: ["persons", index] })),
    address: { declared: input.address, path: ["address"] },
    endsOn: { day: input.endsOn, path: ["endsOn"] },
  };
  const stay = await examineStay(tx, request, act.on, problems);
  if (!stay || problems.found.length > 0) return undefined;
  await enterStay(tx, act, stay);
  return {
    ...{ persons: stay.residents, households: [] },
    changed: ["temporary_residences.*", "temporary_residence_versions.*"],
  };
}

/** Finds who stays where for which term from a day; whatever prevents it becomes a problem. The persons are locked already. */
export async function examineStay(
  tx: Tx,
  { persons, address: { declared, path }, endsOn }: StayRequest,
  on: LegalDay,
  problems: Problems,
): Promise<Stay | undefined> {
  const before = problems.found.length;
  const named = await readPersons(tx, persons, problems);
  const address = readAddress(declared, path, problems);
  const term = readTerm(on, endsOn.day, endsOn.path, problems);
  if (address) await demandElsewhere(tx, named, address, on, problems);
  if (!address || !term || problems.found.length > before) return undefined;
  return { residents: named.map(({ resident }) => resident), address, term };
}

type Named = { resident: Resident; path: Path };

/** Adds a problem for each person who lives in the commune already, permanently (art. 27 (1)) or for a term. */
async function demandElsewhere(
  tx: Tx,
  persons: readonly Named[],
  { communeCode }: HomeAddress,
  on: LegalDay,
  problems: Problems,
): Promise<void> {
  const homes = persons.flatMap(({ resident }) => homeOf(resident) ?? []);
  const ids = persons.map(({ resident }) => resident.personId);
  const [households, present] = await Promise.all([readHouseholds(tx, homes), temporaryFrom(tx, ids, on)]);
  for (const { resident, path } of persons) {
    if (households.get(homeOf(resident) ?? "")?.last.communeCode === communeCode) problems.add(path, temporaryAtHome());
    if (present.some(({ head }) => head.personId === resident.personId && head.communeCode === communeCode))
      problems.add(path, temporaryAlready());
  }
}

/** Versions of the former stays in the commune, and of the permanent residences, whose end has an effect on a stay. */
export async function versionsBeforeStay(tx: Tx, { residents, address: { communeCode } }: Stay) {
  const persons = residents.map(({ personId }) => personId);
  const former = await temporaryInCommune(tx, persons, communeCode);
  return [...former, ...residents].map(({ last }) => last);
}

/** Enters a stay: a temporary residence of each person. */
export async function enterStay(tx: Tx, { on, by, ground }: Entry, { residents, address, term }: Stay): Promise<void> {
  for (const { personId } of residents) {
    const id = uuidv7();
    await tx.insert(temporaryResidences).values({ id, personId, ...address });
    await tx
      .insert(temporaryResidenceVersions)
      .values({ temporaryResidenceId: id, validFrom: on, recordedBy: by, ground, ...term });
  }
}
