import { type LegalDay, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { parseDossierCode } from "../../subgraphs/_shared/reference/identifiers/dossier-code.ts";
import {
  childCardLastDay,
  healthCardFacts,
  parseHealthCardNumber,
} from "../../subgraphs/_shared/reference/identifiers/health-card.ts";
import { parsePersonalId, personalIdFacts } from "../../subgraphs/_shared/reference/identifiers/personal-id.ts";
import type { BirthRequest } from "./birth-request.ts";
import type { Citizen, Dossier, Part } from "./contract-responses.ts";

/** A check, and the finding where it fails. */
export type Finding = { what: string; right: boolean; found?: unknown };
type Result<Name extends string> = Extract<Part["result"], { __typename: Name }>;

/** Checks a finished dossier against its request. Contains passed and failed checks. */
export function dossierFindings(dossier: Dossier, { input }: BirthRequest): Finding[] {
  const { child, residence } = input;
  const birth = resultOf(dossier, "BirthRegistration");
  const residency = resultOf(dossier, "Residency");
  const card = resultOf(dossier, "HealthInsuranceCard");
  const number = birth?.child?.personalId;
  const today = dossier.completedAt ? legalDayOf(new Date(dossier.completedAt)) : undefined;
  const returned = dossier.state === "RETURNED";
  return [
    finding("the dossier's code is well-formed", parseDossierCode(dossier.code).ok, dossier.code),
    finding("the dossier is completed or returned", returned || dossier.state === "COMPLETED", dossier.state),
    finding("its outcome is GRANTED", dossier.outcome === "GRANTED", dossier.outcome),
    finding("its national status agrees", dossier.nationalStatus === (returned ? 10 : 9), dossier.nationalStatus),
    finding("it is completed in time", dossier.completedAt !== null && !dossier.overdue, dossier.dueAt),
    finding(
      "three parts are granted",
      dossier.parts.length === 3 && dossier.parts.every(({ state }) => state === "GRANTED"),
      dossier.parts.map(({ procedure, state, refusal }) => [procedure?.code, state, refusal?.message].join(" ")),
    ),
    finding(
      "the birth has a number and is of today",
      /^\d+\/\d{4}$/.test(birth?.number ?? "") && birth?.registeredOn === today,
      birth,
    ),
    finding(
      "the birth is that of the child",
      birth?.child?.fullName === child.fullName && birth.child.dateOfBirth === child.dateOfBirth,
      birth,
    ),
    finding("the personal number is well-formed and fits the child", isNumberOf(number, child), number),
    finding(
      "the residency is of today, under the head of the household",
      residency?.registeredOn === today &&
        residency?.relationToHead === residence.relationToHead &&
        residency.household?.head?.personalId === residence.headPersonalId,
      residency,
    ),
    finding("the card's number is a child's", isChildCard(card?.number), card?.number),
    finding(
      "the card is valid from birth until after the sixth birthday",
      card?.validFrom === child.dateOfBirth && card.validTo === childCardLastDay(child.dateOfBirth),
      card,
    ),
    finding("the card names the chosen facility", card?.facility?.code === input.insurance.facility, card?.facility),
  ];
}

/** Compares the agencies' facts about the newborn with the dossier and the request. */
export function citizenFindings(citizen: Citizen | null, dossier: Dossier, { input }: BirthRequest): Finding[] {
  const { child, mother, father, residence } = input;
  const birth = resultOf(dossier, "BirthRegistration");
  const members = citizen?.residency?.household?.members ?? [];
  const relationOf = (number: string | null | undefined) =>
    members.find((member) => member.citizen.personalId === number)?.relationToHead;
  const address = citizen?.residency?.household?.address;
  const listed = citizen?.dossiers?.nodes.map(({ code }) => code);
  return [
    finding(
      "residence knows name, date of birth and number",
      citizen?.fullName === child.fullName &&
        citizen.dateOfBirth === child.dateOfBirth &&
        citizen.personalId === birth?.child?.personalId,
      citizen,
    ),
    finding(
      "civil status shows the birth with both parents",
      citizen?.birth?.number === birth?.number &&
        citizen?.birth?.mother?.fullName === mother.fullName &&
        citizen.birth.father?.fullName === father.fullName,
      citizen?.birth,
    ),
    finding("the household has the child", relationOf(citizen?.personalId) === residence.relationToHead, members),
    finding(
      "the household has mother and father",
      [mother, father].every((p) => relationOf(p.personalId)),
      members,
    ),
    finding(
      "the address is that of the household",
      address?.line === residence.address.line && address.commune.code === residence.address.commune,
      address,
    ),
    finding(
      "social insurance shows the same card",
      citizen?.healthInsuranceCard?.number === resultOf(dossier, "HealthInsuranceCard")?.number,
      citizen?.healthInsuranceCard,
    ),
    finding(
      "the land registry knows no land of a newborn",
      citizen?.landCertificates?.length === 0,
      citizen?.landCertificates,
    ),
    finding(
      "the business registry knows no business of a newborn",
      citizen?.businesses?.length === 0,
      citizen?.businesses,
    ),
    finding("the one-stop desk lists the dossier under the child", listed?.includes(dossier.code) ?? false, listed),
  ];
}

/** Check that a GraphQL response has no errors. */
export function faultless(what: string, errors: readonly unknown[]): Finding {
  return finding(what, errors.length === 0, errors);
}

function finding(what: string, right: boolean, found: unknown): Finding {
  return right ? { what, right } : { what, right, found };
}

function resultOf<Name extends NonNullable<Part["result"]>["__typename"]>(dossier: Dossier, name: Name) {
  const found = dossier.parts.map(({ result }) => result).find((result) => result?.__typename === name);
  return found as Result<Name> | undefined; // found by this name
}

function isNumberOf(number: string | null | undefined, child: { sex: string; dateOfBirth: LegalDay }): boolean {
  const parsed = parsePersonalId(number ?? "");
  if (!parsed.ok) return false;
  const { sex, birthYear } = personalIdFacts(parsed.value);
  return sex === child.sex && birthYear === Number(child.dateOfBirth.slice(0, 4));
}

function isChildCard(number: string | null | undefined): boolean {
  const parsed = parseHealthCardNumber(number ?? "");
  return parsed.ok && healthCardFacts(parsed.value).group === "TE";
}
