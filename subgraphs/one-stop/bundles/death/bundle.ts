import type { SubmittableKind } from "../../acceptance/application.ts";
import { entitlementsAfter } from "../../hints/entitlements.ts";
import { deceasedKeys } from "./case-keys.ts";
import { contentFor, pathOf } from "./content.ts";
import { deceasedAlreadySubmitted } from "./death-problems.ts";
import type { DeathRequest } from "./death-request.ts";
import { BRANCHES, DEATH_VERSIONS, type DeathBranch } from "./death-versions.ts";
import type { DeathBundleInput } from "./input.ts";
import { readRequest } from "./validation.ts";

/** Registration of a death, strike-off of the residence, closing of the card and funeral allowance; Decree 63/2024/NĐ-CP. */
export const bundle: SubmittableKind<DeathBundleInput, DeathRequest> = {
  id: "death",
  versions: DEATH_VERSIONS,
  contentFor,
  pathOf,
  read: readRequest,
  leftOut: (request) => BRANCHES.filter((branch) => !isChosen(branch, request)),
  hints: ({ funeralAllowance }) => entitlementsAfter("death", funeralAllowance ? [] : ["WITHOUT_FUNERAL_ALLOWANCE"]),
  duplicateKeys: deceasedKeys,
  application: ({ office, channel, declarant, deceased, handover, filledBy }) => ({
    ...{ office, channel, applicant: declarant, subjectName: deceased.fullName, handover, filledBy: filledBy ?? null },
    parties: [deceased.personalId],
  }),
  duplicate: { path: ["deceased"], fault: deceasedAlreadySubmitted, codeOfAgency: "DEATH_ALREADY_REGISTERED" },
};

function isChosen(branch: DeathBranch, { strikeOffResidence, closeCard, funeralAllowance }: DeathRequest): boolean {
  switch (branch) {
    case "residence":
      return strikeOffResidence;
    case "card":
      return closeCard;
    case "funeral-protection":
      return funeralAllowance?.group === "SOCIAL_PROTECTION";
    case "funeral-pension":
      return funeralAllowance?.group === "SOCIAL_PENSION";
  }
}
