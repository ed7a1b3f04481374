import type { LegalDay } from "../../../_shared/reference/days.ts";
import { takeAddress, takeCommune } from "../../acceptance/input-values.ts";
import type { Problems } from "../../acceptance/problems.ts";
import { identityCardNotOffered } from "./birth-problems.ts";
import type { BirthRequest } from "./birth-request.ts";
import { BIRTH_VERSIONS_WITH_CARD } from "./birth-versions.ts";
import type { IdentityCardInput } from "./input.ts";

/** Reads the wish for an identity card, which the group has from Decree 301/2026/NĐ-CP on. */
export function takeIdentityCard(
  { issuingOffice, deliveryAddress }: IdentityCardInput,
  today: LegalDay,
  problems: Problems,
): BirthRequest["identityCard"] {
  const at = (name: string) => ["identityCard", name];
  const isOffered = BIRTH_VERSIONS_WITH_CARD.some(({ validFrom }) => validFrom <= today);
  if (!isOffered) problems.add(["identityCard"], identityCardNotOffered());
  const card = {
    wanted: true as const,
    issuingOffice: issuingOffice ? takeCommune(issuingOffice, at("issuingOffice"), problems) : null,
    deliveryAddress: deliveryAddress ? takeAddress(deliveryAddress, at("deliveryAddress"), problems) : null,
  };
  return isOffered ? card : null;
}
