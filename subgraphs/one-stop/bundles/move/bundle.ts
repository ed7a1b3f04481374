import type { SubmittableKind } from "../../acceptance/application.ts";
import { entitlementsAfter } from "../../hints/entitlements.ts";
import { facilityKey, seatKey } from "./case-keys.ts";
import { contentFor, pathOf } from "./content.ts";
import type { MoveBundleInput } from "./input.ts";
import { personAlreadyMoving } from "./move-problems.ts";
import type { MoveRequest } from "./move-request.ts";
import { BRANCHES, MOVE_VERSIONS, type MoveBranch, versionsFor } from "./move-versions.ts";
import { readRequest } from "./validation.ts";

/** Residence at a new address, facility of first care and address of a household business; Law on Residence 68/2020, art. 20 to 28. */
export const bundle: SubmittableKind<MoveBundleInput, MoveRequest> = {
  id: "move",
  versions: MOVE_VERSIONS,
  versionsFor,
  contentFor,
  pathOf,
  // the police of the new commune register its residents
  officeOf: (stepKey, { residence }) => (stepKey === "RESIDENCE" ? (residence?.address.commune ?? null) : null),
  read: readRequest,
  leftOut: (request) => BRANCHES.filter((branch) => !isChosen(branch, request)),
  hints: ({ careFacility, business }) =>
    entitlementsAfter("move", [
      ...(careFacility ? [] : ["WITHOUT_CARE_FACILITY" as const]),
      ...(business ? [] : ["WITHOUT_BUSINESS" as const]),
    ]),
  duplicateKeys: ({ person, members, careFacility, business }) => [
    ...[person, ...members].map(({ personalId }) => `mover:${personalId}`),
    ...(careFacility ? [facilityKey(person)] : []),
    ...(business ? [seatKey(business.code)] : []),
  ],
  repeatable: true,
  application: ({ office, channel, declarant, person, members, handover, filledBy }) => ({
    ...{ office, channel, applicant: declarant, subjectName: person.fullName, handover, filledBy: filledBy ?? null },
    parties: [person, ...members].map(({ personalId }) => personalId),
  }),
  duplicate: { path: ["person"], fault: personAlreadyMoving, codeOfAgency: "" },
};

function isChosen(branch: MoveBranch, { careFacility, business }: MoveRequest): boolean {
  return branch === "business" ? business !== null : careFacility !== null;
}
