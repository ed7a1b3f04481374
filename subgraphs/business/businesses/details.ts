import { commune } from "../../_shared/reference/communes.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { capitalImpossible, communeUnknown } from "../errors.ts";
import type { BusinessKind } from "../tables.ts";
import type { BusinessPersonInput } from "./input.ts";
import { readLines } from "./lines.ts";
import { type Facts, FIRST_FACTS } from "./new-version.ts";
import { readPeople } from "./people.ts";

const LONGEST_NAME = 200;
const LONGEST_ADDRESS = 300;

/** Details of an input that businesses of every kind have. Of a change, what is left out or null stays. */
type DetailsInput = {
  name?: string | null;
  commune?: string | null;
  addressLine?: string | null;
  industries?: readonly string[] | null;
  capitalVnd?: number | null;
  people?: readonly BusinessPersonInput[] | null;
};
export type Details = Partial<Pick<Facts, "name" | "communeCode" | "addressLine" | "capital" | "people" | "lines">>;

/** Reads the foreign or short name of an enterprise; null if there is none, or with its problem. */
export function readFurtherName(
  raw: string | null | undefined,
  field: "foreignName" | "shortName",
  problems: Problems,
): string | null {
  return raw == null ? null : (problems.take([field], parseFreeText(raw, LONGEST_NAME)) ?? null);
}

/** The details of an input that are given; faults become problems. */
export function readDetails(
  input: DetailsInput,
  kind: BusinessKind | undefined,
  on: LegalDay,
  problems: Problems,
): Details {
  const { name, addressLine, capitalVnd: capital } = input;
  const communeCode = input.commune == null ? undefined : commune(input.commune)?.code;
  if (input.commune != null && !communeCode) problems.add(["commune"], communeUnknown());
  if (capital != null && capital <= 0) problems.add(["capitalVnd"], capitalImpossible());
  const read = {
    name: name == null ? undefined : problems.take(["name"], parseFreeText(name, LONGEST_NAME)),
    communeCode,
    addressLine:
      addressLine == null ? undefined : problems.take(["addressLine"], parseFreeText(addressLine, LONGEST_ADDRESS)),
    capital: capital ?? undefined,
    lines: input.industries ? readLines(input.industries, on, ["industries"], problems) : undefined,
    people: input.people ? readPeople(input.people, kind, ["people"], problems) : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** Facts of a business that is registered on a day; undefined if a required detail is missing, which is a problem already. */
export function firstFacts(kind: BusinessKind, on: LegalDay, details: Details): Facts | undefined {
  const { name, communeCode, addressLine, people, lines, capital = null } = details;
  if (!name || !communeCode || !addressLine || !people || !lines) return undefined;
  return { ...FIRST_FACTS, kind, name, communeCode, addressLine, people, lines, capital, registeredOn: on };
}
