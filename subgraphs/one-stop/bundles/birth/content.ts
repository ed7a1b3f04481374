import type { Facts } from "../../definitions/kind.ts";
import type { BirthRequest } from "./request.ts";

/** Content of each step: the share of the request that its agency needs. */
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
