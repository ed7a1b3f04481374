import type { SubmittableKind } from "../../acceptance/application.ts";
import { entitlementsAfter } from "../../hints/entitlements.ts";
import { confirmationKey, coupleKey } from "./case-keys.ts";
import { contentFor, toMarry } from "./content.ts";
import type { MarriageBundleInput } from "./input.ts";
import { coupleAlreadySubmitted } from "./marriage-problems.ts";
import type { MarriageRequest } from "./marriage-request.ts";
import { HOUSEHOLD, MARRIAGE_VERSIONS } from "./marriage-versions.ts";
import { readRequest } from "./validation.ts";

/** Marital status of both, marriage and change of household; Law on Civil Status 60/2014, art. 17 and 18. */
export const bundle: SubmittableKind<MarriageBundleInput, MarriageRequest> = {
  id: "marriage",
  versions: MARRIAGE_VERSIONS,
  contentFor,
  // each spouse's status is confirmed where he or she lives
  officeOf(stepKey, { husband, wife }) {
    if (stepKey === "HUSBAND_STATUS") return husband.residence.commune;
    return stepKey === "WIFE_STATUS" ? wife.residence.commune : null;
  },
  read: readRequest,
  leftOut: ({ household }) => (household ? [] : [HOUSEHOLD]),
  hints: ({ household }) => entitlementsAfter("marriage", household ? [] : ["WITHOUT_HOUSEHOLD"]),
  duplicateKeys: ({ husband, wife }) => [
    coupleKey(husband, wife),
    confirmationKey(husband, toMarry(wife)),
    confirmationKey(wife, toMarry(husband)),
  ],
  repeatable: true,
  application: ({ office, channel, declarant, husband, wife, handover, filledBy }) => ({
    ...{ office, channel, applicant: declarant, handover, filledBy: filledBy ?? null },
    subjectName: `${husband.fullName} và ${wife.fullName}`,
    parties: [husband.personalId, wife.personalId],
  }),
  duplicate: { path: [], fault: coupleAlreadySubmitted, codeOfAgency: "" },
};
