import type { SubmittableKind } from "../../acceptance/application.ts";
import type { Term } from "../../clock/terms.ts";
import type { Facts } from "../../definitions/dossier-kind.ts";
import { branchAlreadyOpen } from "./birth-problems.ts";
import type { BirthRequest } from "./birth-request.ts";
import { BIRTH_VERSIONS_WITH_CARD } from "./birth-versions.ts";
import { contentFor, officeOfStep } from "./content.ts";
import type { BirthBundleInput } from "./input.ts";
import { readRequest } from "./validation.ts";

/** Request for one branch of an earlier bundle: that bundle's request as corrected, and the facts of its finished steps. */
export type BranchInput = { birth: BirthBundleInput; facts: Facts };
export type BranchRequest = { birth: BirthRequest; facts: Facts };
export type Branch = SubmittableKind<BranchInput, BranchRequest>;

type BranchFacts = { key: string; name: string; nameEn: string; domain: string; term: Term };

/**
 * A branch by itself, after the bundle's dossier has ended without it: Decree 63/2024/NĐ-CP leaves the granted parts as they
 * are. The terms are those of the procedures alone. For a child without a personal number it begins with that step, which
 * gives one number however many branches ask for it.
 */
function branchKind(id: string, { key, name, nameEn, domain, term }: BranchFacts): Branch {
  const all = BIRTH_VERSIONS_WITH_CARD[0]?.steps.map(({ optionalFor: _, ...step }) => step) ?? [];
  const own = all.filter((step) => step.key === key).map((step) => ({ ...step, term }));
  const code = own[0]?.procedure ?? "";
  const title = { id, regime: id, domain, code, name, nameEn, certainty: "sure", validFrom: "2015-07-01" } as const;
  const alone = { ...title, version: 1, steps: own.map((step) => ({ ...step, dependsOn: [] })) };
  const number = all.filter((step) => step.key === "PERSONAL_NUMBER").map((step) => ({ ...step, dependsOn: [] }));
  const notice = all.filter((step) => step.key === "NUMBER_NOTICE");
  const withNumber = { ...title, version: 2, steps: [...number, ...notice, ...own] };
  return {
    id,
    versions: [alone, withNumber],
    // a bundle whose personal number was refused has given its child none
    versionsFor: ({ facts }) => [facts.personalId ? alone : withNumber],
    officeOf: (step, { birth }) => officeOfStep(step, birth),
    contentFor: (step, { birth, facts }, found) => contentFor(step, birth, { ...facts, ...found }),
    read: ({ birth, facts }, caller, now, problems) => ({ birth: readRequest(birth, caller, now, problems), facts }),
    duplicateKeys: ({ facts }) => (facts.citizenId ? [`child:${facts.citizenId}`] : []),
    leftOut: () => [],
    application: ({ birth, facts }) => ({
      ...{ office: birth.office, channel: birth.channel, applicant: birth.declarant, handover: birth.handover },
      filledBy: birth.filledBy ?? null,
      subjectName: birth.child.fullName,
      parties: [birth.mother?.personalId ?? null, birth.father?.personalId ?? null, facts.personalId ?? null],
    }),
    duplicate: { path: ["part"], fault: branchAlreadyOpen, codeOfAgency: "" },
  };
}

export const residenceBranch = branchKind("birth-residence", {
  key: "RESIDENCE",
  name: "Đăng ký thường trú",
  nameEn: "Registration of permanent residence",
  domain: "residence",
  term: { quantity: 7, unit: "WORKING_DAY" },
});

export const insuranceBranch = branchKind("birth-insurance", {
  key: "INSURANCE",
  name: "Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
  nameEn: "Health-insurance card of a child under six",
  domain: "health_insurance",
  term: { quantity: 5, unit: "WORKING_DAY" },
});

export const identityCardBranch = branchKind("birth-identity-card", {
  key: "ID_CARD",
  name: "Cấp thẻ căn cước cho người dưới 14 tuổi",
  nameEn: "Identity card of a child",
  domain: "identity",
  term: { quantity: 7, unit: "WORKING_DAY" },
});
