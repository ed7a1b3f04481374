import type { Facts } from "../../definitions/dossier-kind.ts";
import type { MarriageRequest, Spouse } from "./marriage-request.ts";

/** Content of each step: the share of the request that its agency needs. */
export function contentFor(stepKey: string, request: MarriageRequest, facts: Facts): Record<string, unknown> {
  const { husband, wife, household } = request;
  switch (stepKey) {
    case "HUSBAND_STATUS":
      return { husband, purpose: toMarry(wife) };
    case "WIFE_STATUS":
      return { wife, purpose: toMarry(husband) };
    case "MARRIAGE":
      return { husband, wife };
    case "RESIDENCE":
      return {
        ...{ husband: named(husband), wife: named(wife), household },
        marriageRegistration: facts.number ? { number: facts.number } : null,
      };
    default:
      throw new Error(`No content is defined for step ${stepKey}`);
  }
}

/** A confirmation for a marriage names the other person: Decree 123/2015/NĐ-CP, art. 23. */
export const toMarry = ({ fullName }: Spouse) => `Để đăng ký kết hôn với ${fullName}`;

const named = ({ fullName, personalId }: Spouse) => ({ fullName, personalId });
