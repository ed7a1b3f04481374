import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { nameWords } from "../../_shared/reference/name-words.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Act } from "../acts/perform-act.ts";
import {
  type BusinessKind,
  businessLines,
  businessPeople,
  businessVersions,
  type EnterpriseForm,
  type VersionState,
} from "../tables.ts";
import { industryListOn, type Line } from "./lines.ts";
import type { Person } from "./people.ts";

/** Registered facts of a business. */
export type Facts = {
  kind: BusinessKind;
  name: string;
  foreignName: string | null;
  shortName: string | null;
  form: EnterpriseForm | null;
  capital: number | null;
  communeCode: string;
  addressLine: string;
  registeredOn: LegalDay;
  changeNumber: number;
  suspendedFrom: LegalDay | null;
  suspendedTo: LegalDay | null;
  people: readonly Person[];
  lines: readonly Line[];
};

/** Facts that most businesses begin with. */
export const FIRST_FACTS = {
  ...{ foreignName: null, shortName: null, form: null, changeNumber: 0 },
  ...{ suspendedFrom: null, suspendedTo: null },
};

type Version = { businessId: string; version: number };
type NewVersion = Version & {
  facts: Facts;
  /** Active by default. */
  state?: VersionState;
  validFrom: LegalDay;
  recordedBy: string;
  ground: string;
  actId?: string;
};

/** Enters versions of businesses with their people and lines; one that ends a business repeats the last ones. */
export async function enterVersions(tx: Tx, versions: readonly NewVersion[]): Promise<void> {
  await insertMany(
    tx,
    businessVersions,
    versions.map(({ facts: { people, lines, ...own }, ...version }) => ({
      ...{ ...version, ...own, communeList: COMMUNE_LIST, nameWords: nameWords(own.name) },
      ...{ peopleCount: people.length, lineCount: lines.length },
    })),
  );
  await insertMany(
    tx,
    businessPeople,
    versions.flatMap(({ businessId, version, facts }) =>
      facts.people.map(({ role, personalId, fullName }) => ({
        ...{ businessId, version, role, personalId, fullName },
        nameWords: fullName === null ? null : nameWords(fullName),
      })),
    ),
  );
  await insertMany(
    tx,
    businessLines,
    versions.flatMap(({ businessId, version, facts }) =>
      facts.lines.map(({ list, code }, index) => ({ businessId, version, place: index + 1, list, code })),
    ),
  );
}

/** Enters the version of a business that an act makes. */
export function enterVersion(
  tx: Tx,
  { id: actId, on: validFrom, by: recordedBy, ground }: Act,
  version: Version,
  facts: Facts,
  state: VersionState = "ACTIVE",
): Promise<void> {
  return enterVersions(tx, [{ ...version, facts, state, validFrom, recordedBy, ground, actId }]);
}

/** Facts of a business whose application was examined on an earlier day, as they are registered on this one. */
export function registeredOn(day: LegalDay, facts: Facts): Facts {
  const list = industryListOn(day);
  return { ...facts, registeredOn: day, lines: facts.lines.map(({ code }) => ({ list, code })) };
}

export function personsOf({ people }: Pick<Facts, "people">): string[] {
  return people.map(({ personalId }) => personalId);
}
