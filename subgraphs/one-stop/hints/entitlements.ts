import type { Certainty } from "../definitions/definition.ts";
import { procedureOf } from "../procedures/catalogue.ts";
import type { Hint } from "./hint.ts";

/** Facts of a request on which entitlements depend. */
export type Circumstance =
  | "ALWAYS"
  | "WITHOUT_RESIDENCE"
  | "WITHOUT_CARD"
  | "WITHOUT_FATHER"
  | "WITHOUT_FUNERAL_ALLOWANCE"
  | "WITHOUT_SOCIAL_INSURANCE"
  | "WITHOUT_CARE_FACILITY"
  | "WITHOUT_BUSINESS"
  | "WITHOUT_HOUSEHOLD";

type Entitlement = {
  /** Ids of the bundles. */
  events: readonly string[];
  when: Circumstance;
  code: string;
  procedure: string;
  message: readonly [vi: string, en: string];
  rule: readonly [vi: string, en: string];
  /** Absent where the only source is the decision that publishes the procedure. */
  legalBasis?: string;
  certainty: Certainty;
};

/** Procedures of the catalogue that an applicant may be entitled to after a life event, beside what the bundle has. */
const ENTITLEMENTS: readonly Entitlement[] = [
  {
    ...{ events: ["birth"], when: "WITHOUT_RESIDENCE", code: "RESIDENCE_OF_CHILD", procedure: "1.004222" },
    message: ["Đăng ký thường trú cho trẻ", "Permanent residence of the child"],
    rule: [
      "Trẻ được đăng ký cư trú trong 60 ngày kể từ ngày đăng ký khai sinh",
      "The residence of a child is registered within 60 days of the birth registration",
    ],
    ...{ legalBasis: "Nghị định 154/2024/NĐ-CP, Điều 7", certainty: "sure" },
  },
  {
    ...{ events: ["birth"], when: "WITHOUT_CARD", code: "CARD_OF_CHILD", procedure: "1.014137" },
    message: ["Thẻ bảo hiểm y tế cho trẻ", "Health-insurance card of the child"],
    rule: ["Trẻ em dưới 6 tuổi", "The child is younger than six"],
    ...{ legalBasis: "Luật Bảo hiểm y tế 25/2008/QH12, Điều 16", certainty: "likely" },
  },
  {
    ...{ events: ["birth"], when: "WITHOUT_FATHER", code: "RECOGNITION_OF_FATHER", procedure: "1.001022" },
    message: ["Đăng ký nhận cha, mẹ, con", "Recognition of a parent"],
    rule: ["Cha của trẻ được xác định sau khi khai sinh", "The father is established after the birth registration"],
    certainty: "likely",
  },
  {
    ...{ events: ["death"], when: "WITHOUT_FUNERAL_ALLOWANCE", code: "FUNERAL_OF_PROTECTED", procedure: "1.001731" },
    message: ["Hỗ trợ chi phí mai táng", "Support of the costs of the funeral"],
    rule: ["Người chết đang hưởng trợ giúp bảo trợ xã hội", "The deceased received social protection"],
    certainty: "sure",
  },
  {
    ...{ events: ["death"], when: "WITHOUT_FUNERAL_ALLOWANCE", code: "FUNERAL_OF_PENSIONER", procedure: "1.014028" },
    message: ["Hỗ trợ chi phí mai táng", "Support of the costs of the funeral"],
    rule: ["Người chết đang hưởng trợ cấp hưu trí xã hội", "The deceased received the social pension"],
    certainty: "sure",
  },
  {
    ...{ events: ["business-start"], when: "WITHOUT_SOCIAL_INSURANCE", code: "SOCIAL_INSURANCE_UNIT" },
    procedure: "1.002051",
    message: ["Đăng ký đơn vị tham gia bảo hiểm xã hội", "Registration as a unit of social insurance"],
    rule: ["Cơ sở có sử dụng lao động", "The business employs people"],
    certainty: "likely",
  },
  {
    ...{ events: ["business-start"], when: "ALWAYS", code: "HEALTH_INSURANCE_ALONE", procedure: "1.001939" },
    message: ["Đăng ký đóng, cấp thẻ bảo hiểm y tế", "Health insurance of a person who is in no other insurance"],
    rule: ["Người chỉ tham gia bảo hiểm y tế", "The person takes part in health insurance alone"],
    certainty: "sure",
  },
  {
    ...{ events: ["move"], when: "WITHOUT_CARE_FACILITY", code: "CARE_FACILITY_OF_MOVER", procedure: "1.002759" },
    message: ["Đổi nơi đăng ký khám chữa bệnh ban đầu", "Change of the facility of first care"],
    rule: ["Thẻ bảo hiểm y tế còn ghi cơ sở ở nơi cũ", "The card still names a facility at the former residence"],
    certainty: "likely",
  },
  {
    ...{ events: ["move"], when: "WITHOUT_BUSINESS", code: "SEAT_OF_BUSINESS", procedure: "2.000720" },
    message: ["Đăng ký thay đổi trụ sở hộ kinh doanh", "Change of the seat of a household business"],
    rule: [
      "Người chuyển đi là chủ hộ kinh doanh và chuyển cả trụ sở",
      "The mover owns a household business whose seat moves, too",
    ],
    certainty: "likely",
  },
  {
    ...{ events: ["move"], when: "ALWAYS", code: "CONFIRMATION_OF_RESIDENCE", procedure: "1.010041" },
    message: ["Xác nhận thông tin về cư trú", "Confirmation of the residence"],
    rule: [
      "Cần chứng minh nơi cư trú mới với cơ quan, tổ chức khác",
      "Somebody else demands proof of the new residence",
    ],
    certainty: "likely",
  },
  {
    ...{ events: ["marriage"], when: "WITHOUT_HOUSEHOLD", code: "RESIDENCE_OF_SPOUSE", procedure: "1.004222" },
    message: ["Đăng ký thường trú cùng vợ, chồng", "Permanent residence with the spouse"],
    rule: [
      "Vợ hoặc chồng về ở cùng và được chủ hộ đồng ý",
      "A spouse joins the other one, and the head of household agrees",
    ],
    ...{ legalBasis: "Luật Cư trú 68/2020/QH14, Điều 20", certainty: "likely" },
  },
  {
    ...{ events: ["marriage"], when: "ALWAYS", code: "EXTRACT_OF_MARRIAGE", procedure: "2.000635" },
    message: ["Cấp bản sao Trích lục kết hôn", "Copies of the extract of the marriage"],
    rule: ["Cần chứng minh việc kết hôn với cơ quan, tổ chức khác", "Somebody else demands proof of the marriage"],
    certainty: "sure",
  },
  {
    ...{ events: ["land-transfer"], when: "ALWAYS", code: "DEBT_ON_CERTIFICATE", procedure: "1.013988" },
    message: ["Xóa ghi nợ trên Giấy chứng nhận", "Removal of a debt that the certificate notes"],
    rule: [
      "Giấy chứng nhận có ghi nợ tiền sử dụng đất, lệ phí trước bạ và đã trả hết nợ",
      "The certificate notes a debt of land-use levy or registration fee that is paid",
    ],
    certainty: "likely",
  },
  {
    ...{ events: ["birth", "death", "move"], when: "ALWAYS", code: "CARD_OF_POOR_HOUSEHOLD", procedure: "1.014137" },
    message: ["Thẻ bảo hiểm y tế cho người thuộc hộ nghèo", "Health-insurance card of a poor household"],
    rule: ["Hộ gia đình được xếp là hộ nghèo (mã HN)", "The household is on the list of poor households (code HN)"],
    ...{ legalBasis: "Quyết định 1351/QĐ-BHXH", certainty: "likely" },
  },
];

/** Entitlements after an event under its circumstances, each with its rule. */
export function entitlementsAfter(event: string, circumstances: readonly Circumstance[]): Hint[] {
  const applies = (each: Entitlement) =>
    each.events.includes(event) && (each.when === "ALWAYS" || circumstances.includes(each.when));
  return ENTITLEMENTS.filter(applies).map(({ code, procedure, message, rule, legalBasis, certainty }) => ({
    ...{ kind: "ENTITLEMENT", code, procedure, certainty, included: false, path: [] },
    ...{ message: message[0], messageEn: message[1], rule: rule[0], ruleEn: rule[1] },
    legalBasis: legalBasis ?? procedureOf(procedure)?.facts.legalBasis.join("; ") ?? "",
  }));
}
