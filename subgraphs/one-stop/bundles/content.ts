import type { BirthBundleInput } from "./input.ts";
import type { BirthRequest } from "./request.ts";

/** What earlier steps found out, such as `citizenId` and `personalId`. */
export type Facts = Record<string, string>;

/**
 * What a step's agency is sent: the share of the request that its procedure needs, in the client's own shape, so that an
 * agency's paths are paths into the client's input. A request that has not been read yet serves for checks.
 */
export function contentFor(
  stepKey: string,
  request: BirthRequest | BirthBundleInput,
  facts: Facts,
): Record<string, unknown> {
  const { child, mother, father, declarant, residence, insurance } = request;
  const childWith = { ...child, citizenId: facts.citizenId ?? null, personalId: facts.personalId ?? null };
  switch (stepKey) {
    case "BIRTH":
      return {
        declarant: { ...declarant, personalId: declarant.personalId ?? null },
        child: { ...NO_CHILD, ...child },
        mother: person(mother),
        father: father ? person(father) : null,
      };
    case "PERSONAL_NUMBER":
      return { child: childWith, mother: person(mother), father: father ? person(father) : null };
    case "NUMBER_NOTICE":
      return { citizenId: facts.citizenId, personalId: facts.personalId };
    case "RESIDENCE":
      return { child: childWith, mother: person(mother), father: father ? person(father) : null, residence };
    case "INSURANCE":
      return { child: childWith, mother: person(mother), father: father ? person(father) : null, insurance };
    default:
      throw new Error(`No content is defined for step ${stepKey}`);
  }
}

// what a client may leave out altogether is null to an agency
const NO_CHILD = { homeCommune: null, birthNotice: null, withoutNotice: null, multipleBirth: null };

function person(parent: BirthRequest["mother"] | BirthBundleInput["mother"]) {
  return { ...parent, personalId: parent.personalId ?? null };
}

/** What an agency can be asked beforehand; the notice of the number has nothing to check. */
export function isCheckable(stepKey: string): boolean {
  return stepKey !== "NUMBER_NOTICE";
}
