import type { SubmittableKind } from "../../acceptance/application.ts";
import { childAlreadySubmitted } from "./birth-problems.ts";
import type { BirthRequest } from "./birth-request.ts";
import { BIRTH_VERSIONS } from "./birth-versions.ts";
import { insuranceBranch, residenceBranch } from "./branches.ts";
import { childKeysOf } from "./case-keys.ts";
import { contentFor } from "./content.ts";
import type { BirthBundleInput } from "./input.ts";
import { readRequest } from "./validation.ts";

export const branches = [residenceBranch, insuranceBranch];

/** Birth registration, permanent residence and health-insurance card of a child under six; Decree 63/2024/NĐ-CP. */
export const bundle: SubmittableKind<BirthBundleInput, BirthRequest> = {
  id: "birth",
  versions: BIRTH_VERSIONS,
  contentFor,
  read: readRequest,
  leftOut: ({ residence, insurance }) => [...(residence ? [] : ["residence"]), ...(insurance ? [] : ["insurance"])],
  duplicateKeys: childKeysOf,
  application: (request) => ({
    office: request.office,
    channel: request.channel,
    applicant: request.declarant,
    subjectName: request.child.fullName,
    parties: [request.mother?.personalId ?? null, request.father?.personalId ?? null],
    handover: request.handover,
    filledBy: request.filledBy ?? null,
  }),
  duplicate: { path: ["child"], fault: childAlreadySubmitted, codeOfAgency: "CHILD_ALREADY_REGISTERED" },
};
