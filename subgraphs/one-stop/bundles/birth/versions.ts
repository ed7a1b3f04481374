import type { Effect } from "../../saga/state.ts";

/** Agencies that a bundle can call (contract, "Names and types"). */
export type BundleAgency = "CIVIL_STATUS" | "RESIDENCE" | "HEALTH_INSURANCE" | "LAND" | "BUSINESS";

/** How well a code or a figure is known: DOMAIN.md's marks. `likely` and `unsure` ones belong into configuration. */
export type Certainty = "sure" | "likely" | "unsure";

/** The bundle's own term for a step, counted from the day the step can begin. */
export type Term = { readonly kind: "SAME_DAY" } | { readonly kind: "WORKING_DAYS"; readonly days: number };

/** Whole-group limits in working days; `verified` where an agency has to verify something first. */
export type GroupWorkingDays = { readonly plain: number; readonly verified: number };

/** One call to one agency within a bundle. */
export type BundleStep = {
  readonly key: string;
  /** False for a step without a part of its own in the dossier. */
  readonly part: boolean;
  readonly agency: BundleAgency;
  /** Code of the procedure (mã TTHC), or the name of a step that no catalogue lists. */
  readonly procedure: string;
  readonly dependsOn: readonly string[];
  readonly effect: Effect;
  readonly term: Term;
  readonly feeVnd: number;
  /** Set where the applicant may leave the branch out. */
  readonly optionalFor?: "residence" | "insurance";
};

/** How a bundle is called: its code in the catalogue, its names. */
type BundleTitle = {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly certainty: Certainty;
};

/** The titles and limits of the variants that leave branches out; what is absent is as in the whole bundle. */
type BundleVariants = {
  readonly residence: BundleTitle & { readonly groupWorkingDays?: GroupWorkingDays };
  readonly insurance: BundleTitle & { readonly groupWorkingDays?: GroupWorkingDays };
};

/** One version of a life-event bundle. Dossiers pin `id` and `version`. */
export type BundleDefinition = BundleTitle & {
  readonly id: string;
  readonly version: number;
  readonly regime: "A" | "B" | "C";
  /** First legal day (`yyyy-MM-dd`, Asia/Ho_Chi_Minh) of receipt under this version. */
  readonly validFrom: string;
  readonly groupWorkingDays: GroupWorkingDays;
  readonly steps: readonly BundleStep[];
  readonly codeWithout?: BundleVariants;
};

const SAME_DAY: Term = { kind: "SAME_DAY" };

/** The order of NĐ 63/2024 (DOMAIN.md §1.2): birth, personal number, then the branches side by side. */
function birthSteps(days: { residence: number; insurance: number }): readonly BundleStep[] {
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
      term: { kind: "WORKING_DAYS", days: days.residence },
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
      term: { kind: "WORKING_DAYS", days: days.insurance },
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

/**
 * Every version of every bundle. Append only: dossiers pin a version, so a change is a new entry with the next
 * `version`, never an edit. Source: DOMAIN.md §1.1 and §1.3.
 */
export const BUNDLE_DEFINITIONS: readonly BundleDefinition[] = [
  {
    id: "birth",
    version: 1,
    regime: "A",
    code: "2.000986",
    name: "Liên thông thủ tục hành chính về đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
    nameEn: "Birth registration, permanent residence and health-insurance card for a child under six (paper)",
    certainty: "sure",
    validFrom: "2015-07-01",
    // TTLT 05/2015/TTLT-BTP-BCA-BYT knows no longer limit for verification; its "days" are read as working days.
    groupWorkingDays: { plain: 20, verified: 20 },
    steps: birthSteps({ residence: 15, insurance: 10 }),
    codeWithout: {
      residence: {
        code: "2.001023",
        name: "Liên thông các thủ tục hành chính về đăng ký khai sinh, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
        nameEn: "Birth registration and health-insurance card for a child under six (paper)",
        certainty: "sure",
        groupWorkingDays: { plain: 15, verified: 15 },
      },
      insurance: {
        code: "2.000986",
        name: "Liên thông các thủ tục hành chính về đăng ký khai sinh, đăng ký thường trú cho trẻ em dưới 6 tuổi",
        nameEn: "Birth registration and permanent residence for a child under six (paper)",
        certainty: "unsure",
      },
    },
  },
  {
    id: "birth",
    version: 2,
    regime: "B",
    code: "2.002621",
    ...ELECTRONIC_NAME,
    certainty: "likely",
    validFrom: "2024-07-01",
    groupWorkingDays: { plain: 3, verified: 5 },
    steps: birthSteps({ residence: 2, insurance: 2 }),
    codeWithout: {
      residence: { code: "2.002621", ...ELECTRONIC_WITHOUT_RESIDENCE, certainty: "unsure" },
      insurance: { code: "2.002621", ...ELECTRONIC_WITHOUT_INSURANCE, certainty: "unsure" },
    },
  },
  {
    id: "birth",
    version: 3,
    regime: "C",
    code: "3.000722",
    // The ID-card branch of NĐ 301/2026 is not offered yet; when it is, that is a new version.
    ...ELECTRONIC_NAME,
    certainty: "likely",
    validFrom: "2026-09-01",
    groupWorkingDays: { plain: 3, verified: 5 },
    steps: birthSteps({ residence: 2, insurance: 2 }),
    codeWithout: {
      residence: { code: "3.000722", ...ELECTRONIC_WITHOUT_RESIDENCE, certainty: "unsure" },
      insurance: { code: "3.000722", ...ELECTRONIC_WITHOUT_INSURANCE, certainty: "unsure" },
    },
  },
];
