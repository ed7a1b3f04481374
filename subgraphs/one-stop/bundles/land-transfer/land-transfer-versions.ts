import type { Term } from "../../clock/terms.ts";
import type { DossierDefinition, StepDefinition } from "../../definitions/definition.ts";

/** Procedure of the catalogue whose stages the parts are. */
const PROCEDURE = "1.013831";
/** Working days of the procedure, without the time for the payment. Unsure: each province sets its own. */
const WORKING_DAYS = 8;

const days = (quantity: number): Term => ({ quantity, unit: "WORKING_DAY" });
const stage = (definition: Omit<StepDefinition, "part" | "agency" | "feeVnd">): StepDefinition => ({
  ...{ part: true, agency: "LAND", feeVnd: 0 },
  ...definition,
});

/** One stage after the other. The law limits the whole; its days are divided among the stages as an office plans them. */
const STEPS: readonly StepDefinition[] = [
  stage({
    ...{ key: "REGISTRATION", procedure: PROCEDURE, dependsOn: [], effect: "LEGAL_FACT", term: days(3) },
    ...{ title: "Đăng ký biến động đất đai", titleEn: "Registration of the transfer" },
  }),
  stage({
    ...{ key: "OBLIGATION", procedure: "land-obligation", dependsOn: ["REGISTRATION"], effect: "CORRECTABLE" },
    ...{ term: days(2), checkable: false },
    ...{ title: "Xác định nghĩa vụ tài chính", titleEn: "Financial obligations" },
  }),
  stage({
    ...{ key: "SETTLEMENT", procedure: "land-settlement", dependsOn: ["OBLIGATION"], effect: "CORRECTABLE" },
    ...{ term: days(1), checkable: false, afterPayment: true },
    ...{ title: "Hoàn thành nghĩa vụ tài chính", titleEn: "Payment of the financial obligations" },
  }),
  stage({
    ...{ key: "CERTIFICATE", procedure: "land-certificate", dependsOn: ["SETTLEMENT"], effect: "LEGAL_FACT" },
    ...{ term: days(2), checkable: false },
    ...{ title: "Cấp giấy chứng nhận quyền sử dụng đất", titleEn: "Land-use certificate" },
  }),
];

/**
 * Versions of the land-transfer bundle. Append only: a dossier pins a version, so a change is a new entry with the next `version`.
 * Sources: Land Law 31/2024/QH15, art. 45; Decree 103/2024/NĐ-CP (obligations); the catalogue's 1.013831.
 */
export const LAND_TRANSFER_VERSIONS: readonly DossierDefinition[] = [
  {
    ...{ id: "land-transfer", domain: "land", version: 1, regime: "land-transfer", code: PROCEDURE },
    name: "Chuyển quyền sử dụng đất: đăng ký biến động, nghĩa vụ tài chính, cấp giấy chứng nhận",
    nameEn: "Transfer of land: registration, financial obligations, certificate",
    ...{ certainty: "unsure", validFrom: "2025-07-01", steps: STEPS },
    groupWorkingDays: { plain: WORKING_DAYS, verified: WORKING_DAYS },
  },
];
