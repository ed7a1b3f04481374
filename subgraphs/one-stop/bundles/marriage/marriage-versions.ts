import type { Term } from "../../clock/terms.ts";
import type { DossierDefinition, StepDefinition } from "../../definitions/definition.ts";

/** Branch that the applicant may leave out. */
export const HOUSEHOLD = "household";

const SAME_DAY: Term = { quantity: 1, unit: "WORKING_DAY_SAME" };
const days = (quantity: number): Term => ({ quantity, unit: "WORKING_DAY" });

/** Answer of the office where a spouse lives. It is asked by an office, not by the citizen, so there is no fee. */
const statusOf = (key: "HUSBAND_STATUS" | "WIFE_STATUS"): StepDefinition => ({
  ...{ key, part: true, agency: "CIVIL_STATUS", procedure: "1.004873", dependsOn: [], effect: "CORRECTABLE" },
  ...{ term: days(3), feeVnd: 0 },
});

/** The status of both in parallel, the marriage, then the household. Terms and fees are those of each procedure alone. */
const STEPS: readonly StepDefinition[] = [
  statusOf("HUSBAND_STATUS"),
  statusOf("WIFE_STATUS"),
  {
    ...{ key: "MARRIAGE", part: true, agency: "CIVIL_STATUS", procedure: "1.000894", effect: "LEGAL_FACT" },
    ...{ dependsOn: ["HUSBAND_STATUS", "WIFE_STATUS"], term: SAME_DAY, feeVnd: 0 },
  },
  {
    ...{ key: "RESIDENCE", part: true, agency: "RESIDENCE", procedure: "1.004222", effect: "CORRECTABLE" },
    ...{ dependsOn: ["MARRIAGE"], term: days(7), feeVnd: 0, optionalFor: HOUSEHOLD },
    fees: [
      { name: "Lệ phí đăng ký cư trú", amountVnd: 20_000, channel: "DESK" },
      { name: "Lệ phí đăng ký cư trú", amountVnd: 10_000, channel: "ONLINE" },
    ],
  },
];

/**
 * Versions of the marriage bundle. Append only: a dossier pins a version, so a change is a new entry with the next `version`. The catalogue
 * has no code of the combination, so it has that of the marriage. Sources: Law on Civil Status 60/2014, art. 17 and 18; the catalogue.
 */
export const MARRIAGE_VERSIONS: readonly DossierDefinition[] = [
  {
    ...{
      id: "marriage",
      domain: "civil_status",
      version: 1,
      regime: "marriage",
      code: "1.000894",
      certainty: "unsure",
    },
    name: "Đăng ký kết hôn, nhập hộ",
    nameEn: "Marriage and change of household",
    ...{ validFrom: "2016-01-01", steps: STEPS },
    variants: [
      {
        ...{ without: [HOUSEHOLD], code: "1.000894", certainty: "unsure" },
        ...{ name: "Đăng ký kết hôn", nameEn: "Marriage" },
      },
    ],
  },
];
