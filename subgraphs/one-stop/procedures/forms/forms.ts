import { civilStatusForms } from "./civil-status.ts";
import { type Form, formOf, line } from "./fields.ts";
import { businessForms, healthInsuranceForms, licenceForms } from "./insurance-and-business.ts";
import { landForms } from "./land.ts";
import { residenceForms } from "./residence.ts";
import { temporaryResidenceForms } from "./temporary-residence.ts";

const byCode: ReadonlyMap<string, Form> = new Map([
  ...civilStatusForms,
  ...residenceForms,
  ...temporaryResidenceForms,
  ...healthInsuranceForms,
  ...businessForms,
  ...licenceForms,
  ...landForms,
]);

/** Common form of all procedures that have no specific form: subject, purpose and free text. */
const [, COMMON_FORM] = formOf(
  "",
  "Đơn đề nghị giải quyết thủ tục hành chính",
  {
    subject: line("Nội dung đề nghị", 300),
    purpose: line("Mục đích", 500),
    "text?": line("Thông tin khác", 5_000),
  },
  { subject: "Đề nghị giải quyết thủ tục", purpose: "Để hoàn thiện hồ sơ cá nhân", text: "Không có thông tin khác" },
);

/** The form of a procedure (tờ khai): its own, or the common one. */
export function procedureForm(code: string): Form {
  return byCode.get(code) ?? COMMON_FORM;
}

/** Codes of the procedures that have a specific form. */
export function codesWithOwnForm(): string[] {
  return [...byCode.keys()];
}
