import type { Term } from "../../clock/terms.ts";
import type { DossierDefinition, StepDefinition, Variant } from "../../definitions/definition.ts";

const SAME_DAY: Term = { quantity: 1, unit: "WORKING_DAY_SAME" };

/** Keys of the bundle's steps. A newborn's dossier has all of them, except the branches that the applicant leaves out. */
export type BirthStep = "BIRTH" | "PERSONAL_NUMBER" | "NUMBER_NOTICE" | "RESIDENCE" | "INSURANCE";

/** Order of Decree 63/2024/NĐ-CP: birth, personal number, then the branches in parallel. */
function birthSteps(days: { residence: number; insurance: number }): readonly (StepDefinition & { key: BirthStep })[] {
  return [
    {
      key: "BIRTH",
      part: true,
      agency: "CIVIL_STATUS",
      procedure: "1.001193",
      dependsOn: [],
      effect: "LEGAL_FACT",
      term: SAME_DAY,
      feeVnd: 0,
    },
    {
      key: "PERSONAL_NUMBER",
      part: false,
      agency: "RESIDENCE",
      procedure: "personal-number",
      title: "Cấp số định danh cá nhân",
      titleEn: "Issue of the personal number",
      dependsOn: ["BIRTH"],
      effect: "LEGAL_FACT",
      term: SAME_DAY,
      feeVnd: 0,
    },
    {
      key: "NUMBER_NOTICE",
      part: false,
      agency: "CIVIL_STATUS",
      procedure: "personal-number-notice",
      title: "Ghi số định danh vào sổ hộ tịch",
      titleEn: "Entry of the personal number in the register of births",
      checkable: false,
      dependsOn: ["PERSONAL_NUMBER"],
      effect: "CORRECTABLE",
      term: SAME_DAY,
      feeVnd: 0,
    },
    {
      key: "RESIDENCE",
      part: true,
      agency: "RESIDENCE",
      procedure: "1.004222",
      dependsOn: ["PERSONAL_NUMBER"],
      effect: "CORRECTABLE",
      term: { quantity: days.residence, unit: "WORKING_DAY" },
      feeVnd: 0,
      optionalFor: "residence",
    },
    {
      key: "INSURANCE",
      part: true,
      agency: "HEALTH_INSURANCE",
      procedure: "1.014137",
      dependsOn: ["PERSONAL_NUMBER"],
      effect: "CORRECTABLE",
      term: { quantity: days.insurance, unit: "WORKING_DAY" },
      feeVnd: 0,
      optionalFor: "insurance",
    },
  ];
}

const ELECTRONIC_NAME = {
  name: "Liên thông điện tử: đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
  nameEn: "Birth registration, permanent residence and health-insurance card for a child under six (electronic)",
};
const ELECTRONIC_WITHOUT_RESIDENCE = {
  name: "Liên thông điện tử: đăng ký khai sinh, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
  nameEn: "Birth registration and health-insurance card for a child under six (electronic)",
};
const ELECTRONIC_WITHOUT_INSURANCE = {
  name: "Liên thông điện tử: đăng ký khai sinh, đăng ký thường trú cho trẻ em dưới 6 tuổi",
  nameEn: "Birth registration and permanent residence for a child under six (electronic)",
};

/** Variant without branches: the procedure of birth registration alone, under every regime. */
const BIRTH_ALONE: Variant = {
  without: ["residence", "insurance"],
  code: "1.001193",
  name: "Đăng ký khai sinh",
  nameEn: "Birth registration",
  certainty: "sure",
};

/**
 * Versions of the birth bundle. Append only: a dossier pins a version, so a change is a new entry with the next `version`.
 * Sources: TTLT 05/2015/TTLT-BTP-BCA-BYT (A), Decree 63/2024/NĐ-CP (B), Decree 301/2026/NĐ-CP (C).
 */
export const BIRTH_VERSIONS: readonly DossierDefinition[] = [
  {
    ...{ id: "birth", domain: "interlinked" },
    version: 1,
    regime: "A",
    code: "2.000986",
    name: "Liên thông thủ tục hành chính về đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
    nameEn: "Birth registration, permanent residence and health-insurance card for a child under six (paper)",
    certainty: "sure",
    validFrom: "2015-07-01",
    // TTLT 05/2015 has no longer limit for verification. Its "days" are read as working days.
    groupWorkingDays: { plain: 20, verified: 20 },
    steps: birthSteps({ residence: 15, insurance: 10 }),
    variants: [
      BIRTH_ALONE,
      {
        without: ["residence"],
        code: "2.001023",
        name: "Liên thông các thủ tục hành chính về đăng ký khai sinh, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
        nameEn: "Birth registration and health-insurance card for a child under six (paper)",
        certainty: "sure",
        groupWorkingDays: { plain: 15, verified: 15 },
      },
      {
        without: ["insurance"],
        code: "2.000986",
        name: "Liên thông các thủ tục hành chính về đăng ký khai sinh, đăng ký thường trú cho trẻ em dưới 6 tuổi",
        nameEn: "Birth registration and permanent residence for a child under six (paper)",
        certainty: "unsure",
      },
    ],
  },
  {
    ...{ id: "birth", domain: "interlinked" },
    version: 2,
    regime: "B",
    code: "2.002621",
    ...ELECTRONIC_NAME,
    certainty: "likely",
    validFrom: "2024-07-01",
    groupWorkingDays: { plain: 3, verified: 5 },
    steps: birthSteps({ residence: 2, insurance: 2 }),
    variants: [
      BIRTH_ALONE,
      { without: ["residence"], code: "2.002621", ...ELECTRONIC_WITHOUT_RESIDENCE, certainty: "unsure" },
      { without: ["insurance"], code: "2.002621", ...ELECTRONIC_WITHOUT_INSURANCE, certainty: "unsure" },
    ],
  },
  {
    ...{ id: "birth", domain: "interlinked" },
    version: 3,
    regime: "C",
    code: "3.000722",
    ...ELECTRONIC_NAME,
    certainty: "likely",
    validFrom: "2026-09-01",
    groupWorkingDays: { plain: 3, verified: 5 },
    steps: birthSteps({ residence: 2, insurance: 2 }),
    variants: [
      BIRTH_ALONE,
      { without: ["residence"], code: "3.000722", ...ELECTRONIC_WITHOUT_RESIDENCE, certainty: "unsure" },
      { without: ["insurance"], code: "3.000722", ...ELECTRONIC_WITHOUT_INSURANCE, certainty: "unsure" },
    ],
  },
];

const WITH_CARD = (vi: string, en: string) => ({
  name: `Liên thông điện tử: đăng ký khai sinh, ${vi} cho trẻ em dưới 6 tuổi`,
  nameEn: `Birth registration, ${en} for a child under six (electronic)`,
});

/**
 * Versions for an applicant who asks for the identity card of the child, too: from Decree 301/2026/NĐ-CP on. Their numbers follow those of
 * the versions without it. No source gives the card a term within the group: it has that of its procedure alone, and the dossier is due
 * with its last part. Officers of the police decide it.
 */
export const BIRTH_VERSIONS_WITH_CARD: readonly DossierDefinition[] = [
  {
    ...{ id: "birth", domain: "interlinked" },
    version: 4,
    regime: "C",
    code: "3.000722",
    ...WITH_CARD(
      "đăng ký thường trú, cấp thẻ bảo hiểm y tế, cấp thẻ căn cước",
      "permanent residence, health-insurance card and identity card",
    ),
    certainty: "likely",
    validFrom: "2026-09-01",
    steps: [
      ...birthSteps({ residence: 2, insurance: 2 }),
      {
        ...{ key: "ID_CARD", part: true, agency: "RESIDENCE", procedure: "1.014062", dependsOn: ["PERSONAL_NUMBER"] },
        ...{ effect: "CORRECTABLE", term: { quantity: 7, unit: "WORKING_DAY" }, feeVnd: 0 },
        ...{ checkable: false, officer: true },
      },
    ],
    variants: [
      {
        ...{ without: ["residence"], code: "3.000722", certainty: "unsure" },
        ...WITH_CARD("cấp thẻ bảo hiểm y tế, cấp thẻ căn cước", "health-insurance card and identity card"),
      },
      {
        ...{ without: ["insurance"], code: "3.000722", certainty: "unsure" },
        ...WITH_CARD("đăng ký thường trú, cấp thẻ căn cước", "permanent residence and identity card"),
      },
      {
        ...{ without: ["residence", "insurance"], code: "3.000722", certainty: "unsure" },
        ...WITH_CARD("cấp thẻ căn cước", "identity card"),
      },
    ],
  },
];
