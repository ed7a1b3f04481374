import { foldName } from "../../../_shared/reference/person-names.ts";
import type { SubmittableKind } from "../../acceptance/application.ts";
import { entitlementsAfter } from "../../hints/entitlements.ts";
import { businessAlreadySubmitted } from "./business-start-problems.ts";
import type { BusinessStartRequest } from "./business-start-request.ts";
import { BUSINESS_START_VERSIONS, obtainable, SOCIAL_INSURANCE, versionsFor } from "./business-start-versions.ts";
import { contentFor, pathOf } from "./content.ts";
import type { BusinessStartBundleInput } from "./input.ts";
import { licenceHints, obtainableLicences } from "./needed-licences.ts";
import { readRequest } from "./validation.ts";

/** Registration of a household business or an enterprise, its unit of social insurance and its licences; Decree 168/2025/NĐ-CP. */
export const bundle: SubmittableKind<BusinessStartBundleInput, BusinessStartRequest> = {
  id: "business-start",
  versions: BUSINESS_START_VERSIONS,
  contentFor,
  pathOf,
  read: readRequest,
  complete: async (request, { licencesOfLines }) => ({
    ...request,
    licences: request.licences ?? obtainableLicences(request.business.lines, licencesOfLines),
  }),
  versionsFor: ({ business }) => versionsFor(business.form),
  leftOut: ({ socialInsurance, licences }) => [
    ...(socialInsurance ? [] : [SOCIAL_INSURANCE]),
    ...obtainable.filter((licence) => !licences?.includes(licence)),
  ],
  hints: (request, { licencesOfLines }) => [
    ...licenceHints(request, licencesOfLines),
    ...entitlementsAfter("business-start", request.socialInsurance ? [] : ["WITHOUT_SOCIAL_INSURANCE"]),
  ],
  duplicateKeys,
  repeatable: true,
  application: ({ office, channel, declarant, business, handover, filledBy }) => ({
    ...{ office, channel, applicant: declarant, subjectName: business.name, handover, filledBy: filledBy ?? null },
    parties: business.people.map(({ personalId }) => personalId),
  }),
  duplicate: { path: ["business"], fault: businessAlreadySubmitted, codeOfAgency: "BUSINESS_CODE_TAKEN" },
};

/** An owner's business by its name and by its address, and an enterprise by its code. */
function duplicateKeys({ business: { code, name, address, people } }: BusinessStartRequest): string[] {
  const owner = people.find(({ role }) => role === "OWNER") ?? people.find(({ role }) => role === "REPRESENTATIVE");
  const who = owner?.personalId ?? "";
  return [
    `name:${who}|${foldName(name)}`,
    `address:${who}|${address.commune}|${foldName(address.line)}`,
    ...(code === null ? [] : [`code:${code}`]),
  ];
}
