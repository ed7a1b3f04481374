import type { SubmittableKind } from "../../acceptance/application.ts";
import { entitlementsAfter } from "../../hints/entitlements.ts";
import { childAlreadySubmitted } from "./birth-problems.ts";
import type { BirthRequest } from "./birth-request.ts";
import { BIRTH_VERSIONS, BIRTH_VERSIONS_WITH_CARD } from "./birth-versions.ts";
import { identityCardBranch, insuranceBranch, residenceBranch } from "./branches.ts";
import { childKeysOf } from "./case-keys.ts";
import { contentFor, officeOfStep } from "./content.ts";
import type { BirthBundleInput } from "./input.ts";
import { readRequest } from "./validation.ts";

export const branches = [residenceBranch, insuranceBranch, identityCardBranch];

/**
 * Birth registration, permanent residence, health-insurance card and identity card of a child under six; Decree 63/2024/NĐ-CP, for the last
 * one Decree 301/2026/NĐ-CP.
 */
export const bundle: SubmittableKind<BirthBundleInput, BirthRequest> = {
  id: "birth",
  versions: [...BIRTH_VERSIONS, ...BIRTH_VERSIONS_WITH_CARD],
  versionsFor: ({ identityCard }) => (identityCard ? BIRTH_VERSIONS_WITH_CARD : BIRTH_VERSIONS),
  contentFor,
  officeOf: officeOfStep,
  read: readRequest,
  leftOut: ({ residence, insurance }) => [...(residence ? [] : ["residence"]), ...(insurance ? [] : ["insurance"])],
  hints: ({ residence, insurance, father }) =>
    entitlementsAfter("birth", [
      ...(residence ? [] : ["WITHOUT_RESIDENCE" as const]),
      ...(insurance ? [] : ["WITHOUT_CARD" as const]),
      ...(father ? [] : ["WITHOUT_FATHER" as const]),
    ]),
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
