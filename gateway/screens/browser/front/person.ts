import type { Answer, AnswerError } from "../client/graph.ts";
import { clockTime } from "../client/language.ts";
import { texts } from "./texts.ts";

/** A citizen as `documents/person.graphql` selects one. */
export type Person = {
  fullName: string | null;
  dateOfBirth: string | null;
  birth: { number: string | null; registeredOn: string | null } | null;
  residency: {
    relationToHead: string | null;
    household: { code: string; address: { line: string } | null } | null;
  } | null;
  healthInsuranceCard: { number: string | null; facility: { name: string } | null } | null;
  landCertificates: { serial: string }[] | null;
  businesses: { name: string | null }[] | null;
  dossiers: { nodes: { code: string; state: string }[] } | null;
};

export type PersonAnswer = Answer<{ citizen: Person | null }>;

type Field = keyof typeof texts.fields;

/** Agencies with the field of a citizen that each of them answers. */
const FIELDS: readonly (readonly [agency: string, field: Field])[] = [
  ["ONE_STOP", "dossiers"],
  ["CIVIL_STATUS", "birth"],
  ["RESIDENCE", "residency"],
  ["HEALTH_INSURANCE", "healthInsuranceCard"],
  ["LAND", "landCertificates"],
  ["BUSINESS", "businesses"],
];

/** Fact of one agency about a person, or the reason why there is none. */
export type Fact = { agency: string; title: string; value: string; kind: "known" | "none" | "denied" | "unavailable" };

/** Facts of all agencies about a person, in their own words or with the reason why one is missing. */
export function factsOf({ data, errors = [], extensions }: PersonAnswer): Fact[] {
  return FIELDS.map(([agency, field]) => {
    const title = texts.fields[field];
    const value = data?.citizen && factText(data.citizen, field);
    if (value) return { agency, title, value, kind: "known" };
    const error = errors.find(({ path }) => path?.[1] === field) ?? errors.find(({ path }) => path?.length === 1);
    if (!error) return { agency, title, value: texts.none, kind: "none" };
    if (error.extensions?.code === "UNAVAILABLE") {
      const { since } = extensions?.agencies?.[agency] ?? {};
      return { agency, title, value: texts.since(since ? clockTime(since) : "–"), kind: "unavailable" };
    }
    return { agency, title, value: reasonOf(error), kind: "denied" };
  });
}

function reasonOf({ message, extensions }: AnswerError): string {
  switch (extensions?.code) {
    case "FORBIDDEN":
      return texts.denied(extensions.scopes?.map((set) => set.join(" + ")).join(" / ") ?? "");
    case "NOT_FOUND":
      return texts.notFound;
    case "UNAUTHENTICATED":
      return texts.unauthenticated;
    default:
      return message;
  }
}

function factText(person: Person, field: Field): string | undefined {
  const { birth, residency, healthInsuranceCard: card, landCertificates, businesses, dossiers } = person;
  const values: Record<Field, (string | null | undefined)[] | undefined> = {
    dossiers: dossiers?.nodes.map(({ code }) => code),
    birth: birth ? [birth.number, birth.registeredOn] : undefined,
    residency: residency ? [residency.household?.address?.line, residency.household?.code] : undefined,
    healthInsuranceCard: card ? [card.number, card.facility?.name] : undefined,
    landCertificates: landCertificates?.map(({ serial }) => serial),
    businesses: businesses?.map(({ name }) => name),
  };
  return values[field]?.filter(Boolean).join(", ") || undefined;
}
