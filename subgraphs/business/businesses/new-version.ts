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

type Version = { businessId: string; version: number };

/** Enters a version of a business, with its people and lines; the version that ends it repeats the last ones. */
export async function enterVersion(
  tx: Tx,
  act: Act,
  version: Version,
  facts: Facts,
  state: VersionState = "ACTIVE",
): Promise<void> {
  const { people, lines, ...own } = facts;
  await tx.insert(businessVersions).values({
    ...{ ...version, ...own, communeList: COMMUNE_LIST, nameWords: nameWords(facts.name), state },
    ...{ peopleCount: people.length, lineCount: lines.length },
    ...{ validFrom: act.on, recordedBy: act.by, ground: act.ground, actId: act.id },
  });
  await insertMany(
    tx,
    businessPeople,
    people.map(({ role, personalId, fullName }) => {
      return { ...version, role, personalId, fullName, nameWords: fullName === null ? null : nameWords(fullName) };
    }),
  );
  await insertMany(
    tx,
    businessLines,
    lines.map(({ list, code }, index) => ({ ...version, place: index + 1, list, code })),
  );
}

/** Facts of a business whose application was examined on an earlier day, as they are registered on this one. */
export function registeredOn(day: LegalDay, facts: Facts): Facts {
  const list = industryListOn(day);
  return { ...facts, registeredOn: day, lines: facts.lines.map(({ code }) => ({ list, code })) };
}

export function personsOf({ people }: Pick<Facts, "people">): string[] {
  return people.map(({ personalId }) => personalId);
}
