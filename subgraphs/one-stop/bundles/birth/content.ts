import type { Facts } from "../../definitions/dossier-kind.ts";
import type { BirthRequest } from "./birth-request.ts";

/** Content of each step: the share of the request that its agency needs. */
export function contentFor(stepKey: string, request: BirthRequest, facts: Facts): Record<string, unknown> {
  const { child, mother, father, declarant, residence, insurance, identityCard } = request;
  const childWith = { ...child, citizenId: facts.citizenId ?? null, personalId: facts.personalId ?? null };
  // an officer who registered the birth after a comparison has answered for the later registers, too
  const comparedDossiers = facts.comparedDossiers?.split(" ") ?? [];
  switch (stepKey) {
    case "BIRTH":
      return { declarant, child, mother, father };
    case "PERSONAL_NUMBER":
      return { child: childWith, mother, father };
    case "NUMBER_NOTICE":
      return { citizenId: facts.citizenId, personalId: facts.personalId };
    case "RESIDENCE":
      return { child: childWith, mother, father, residence, comparedDossiers };
    case "INSURANCE":
      return { child: childWith, mother, father, insurance, comparedDossiers };
    case "ID_CARD":
      return { declarant, child: childWith, mother, father, identityCard };
    default:
      throw new Error(`No content is defined for step ${stepKey}`);
  }
}

/** Office whose officers decide a step, where it is not the receiving one: the police that issue the identity card. */
export function officeOfStep(stepKey: string, { identityCard }: BirthRequest): string | null {
  return stepKey === "ID_CARD" ? (identityCard?.issuingOffice ?? null) : null;
}
