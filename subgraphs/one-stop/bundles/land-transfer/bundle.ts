import type { SubmittableKind } from "../../acceptance/application.ts";
import { entitlementsAfter } from "../../hints/entitlements.ts";
import { contentFor } from "./content.ts";
import type { LandTransferBundleInput } from "./input.ts";
import { transferAlreadySubmitted } from "./land-transfer-problems.ts";
import type { LandTransferRequest } from "./land-transfer-request.ts";
import { LAND_TRANSFER_VERSIONS } from "./land-transfer-versions.ts";
import { readRequest } from "./validation.ts";

/** Registration of a transfer of land, its financial obligations, their payment and the certificate; Land Law 31/2024/QH15. */
export const bundle: SubmittableKind<LandTransferBundleInput, LandTransferRequest> = {
  id: "land-transfer",
  versions: LAND_TRANSFER_VERSIONS,
  contentFor,
  read: readRequest,
  leftOut: () => [],
  hints: () => entitlementsAfter("land-transfer", []),
  duplicateKeys: ({ land: { certificate } }) => [`certificate:${certificate}`],
  repeatable: true,
  application: ({ office, channel, declarant, from, to, handover, filledBy }) => ({
    ...{ office, channel, applicant: declarant, subjectName: to[0]?.fullName ?? null, handover, filledBy },
    parties: [...from, ...to].map(({ personalId }) => personalId),
  }),
  duplicate: { path: ["land", "certificate"], fault: transferAlreadySubmitted, codeOfAgency: "" },
};
