import { earliestDay } from "../../../_shared/reference/partial-dates.ts";
import type { Facts } from "../../definitions/dossier-kind.ts";
import type { DeathRequest } from "./death-request.ts";

/** Content of each step: the share of the request that its agency needs. */
export function contentFor(stepKey: string, request: DeathRequest, facts: Facts): Record<string, unknown> {
  const { declarant, deceased, death, closeCard, newHead, funeralAllowance } = request;
  switch (stepKey) {
    case "DEATH":
      return { declarant, deceased, death };
    case "RESIDENCE":
      return {
        person: { fullName: deceased.fullName, personalId: deceased.personalId },
        ...{ reason: "DEAD", from: earliestDay(death.diedOn), newHead },
        deathRegistration: facts.number ? { number: facts.number } : null,
      };
    case "CARD":
      return { deceased, death, closeCard };
    case "FUNERAL_PROTECTION":
    case "FUNERAL_PENSION":
      return { declarant, deceased, death, funeralAllowance };
    default:
      throw new Error(`No content is defined for step ${stepKey}`);
  }
}

/** Path into the client's input for a path into a step's content. */
export function pathOf([first = "", ...rest]: readonly string[]): string[] {
  if (first === "person") return ["deceased", ...rest];
  return first === "from" ? ["death", "diedOn"] : [first, ...rest];
}
