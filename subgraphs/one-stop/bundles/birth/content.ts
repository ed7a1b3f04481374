import type { BirthRequest } from "./request.ts";

/** What earlier steps found out, such as `citizenId` and `personalId`. */
export type Facts = Record<string, string>;

/**
 * What a step's agency is sent: the share of the request that its procedure needs, in the client's own shape, so that an
 * agency's paths are paths into the client's input.
 */
export function contentFor(stepKey: string, request: BirthRequest, facts: Facts): Record<string, unknown> {
  const { child, mother, father, declarant, residence, insurance } = request;
  const childWith = { ...child, citizenId: facts.citizenId ?? null, personalId: facts.personalId ?? null };
  switch (stepKey) {
    case "BIRTH":
      return { declarant, child, mother, father };
    case "PERSONAL_NUMBER":
      return { child: childWith, mother, father };
    case "NUMBER_NOTICE":
      return { citizenId: facts.citizenId, personalId: facts.personalId };
    case "RESIDENCE":
      return { child: childWith, mother, father, residence };
    case "INSURANCE":
      return { child: childWith, mother, father, insurance };
    default:
      throw new Error(`No content is defined for step ${stepKey}`);
  }
}

/** What an agency can be asked beforehand; the notice of the number has nothing to check. */
export function isCheckable(stepKey: string): boolean {
  return stepKey !== "NUMBER_NOTICE";
}
