import type { GraphQLError } from "graphql";
import type { PartProblem } from "../_shared/parts/procedure.ts";
import { BadConfiguration } from "../_shared/serving/environment.ts";
import { badUserInput } from "../_shared/serving/errors.ts";

const LAW = "Luật Bảo hiểm y tế số 25/2008/QH12 (sửa đổi, bổ sung)";
const PROCEDURE = "Nghị định số 63/2024/NĐ-CP";

/** The facility chosen is not in the list. */
export function facilityUnknown(): PartProblem {
  return {
    code: "FACILITY_UNKNOWN",
    message: "Không có cơ sở khám chữa bệnh ban đầu mang mã này; đề nghị chọn một cơ sở trong danh mục",
    messageEn: "No facility of first care has this code; choose one from the list",
    path: ["insurance", "facility"],
    legalBasis: `${LAW}, Điều 26; ${PROCEDURE}`,
  };
}

/** The child was too old on the day of receipt; `lastDay` was the last day of entitlement. */
export function childNotEntitled(lastDay: string): PartProblem {
  return {
    code: "CHILD_NOT_ENTITLED",
    message: `Thẻ trẻ em dưới 6 tuổi chỉ cấp đến hết ngày ${lastDay}; đề nghị kiểm tra lại ngày sinh hoặc bỏ phần bảo hiểm và tham gia theo nhóm đối tượng khác`,
    messageEn: `The card of a child under six is issued until ${lastDay}; check the date of birth, or leave the insurance out and join in another group`,
    path: ["child", "dateOfBirth"],
    legalBasis: `${LAW}, Điều 12 và Điều 16`,
  };
}

/** A person has one card; `dossier` is the dossier that it was issued for, if any. */
export function cardAlreadyIssued(dossier: string | null): PartProblem {
  return {
    code: "CARD_ALREADY_ISSUED",
    message:
      "Trẻ đã có thẻ bảo hiểm y tế; đề nghị bỏ phần bảo hiểm, nếu cần đổi hoặc cấp lại thì dùng thủ tục 1.002759",
    messageEn: "The child already has a card; leave the insurance out, and to change or replace the card use 1.002759",
    path: ["child"],
    legalBasis: `${LAW}, Điều 16; Quyết định số 1351/QĐ-BHXH`,
    ...(dossier !== null && { existingDossier: dossier }),
  };
}

/** The register has lost a card whose number belongs to another person now, so an officer must decide. */
export function formerNumberTaken(): PartProblem {
  return {
    code: "FORMER_NUMBER_TAKEN",
    message: "Mã số bảo hiểm xã hội trên thẻ đã cấp trước đây nay thuộc về người khác; cần viên chức đối chiếu",
    messageEn: "The insurance number of the card issued before is another person's now; an officer must compare",
    path: ["grantedBefore", "number"],
    legalBasis: PROCEDURE,
  };
}

/** The deceased has no card in the register. */
export function cardNotFound(): PartProblem {
  return {
    code: "CARD_NOT_FOUND",
    message: "Người này không có thẻ bảo hiểm y tế; đề nghị bỏ phần khóa thẻ",
    messageEn: "This person has no health-insurance card; leave the closing of the card out",
    path: ["closeCard"],
    legalBasis: `${LAW}, Điều 16; Quyết định số 1351/QĐ-BHXH`,
  };
}

/** The card is closed already; `dossier` is the dossier by which it was, if any. */
export function cardAlreadyClosed(dossier: string | null): PartProblem {
  return {
    code: "CARD_ALREADY_CLOSED",
    message: "Thẻ bảo hiểm y tế của người này đã được khóa; đề nghị bỏ phần khóa thẻ",
    messageEn: "The card of this person is closed already; leave the closing of the card out",
    path: ["closeCard"],
    legalBasis: `${LAW}, Điều 16`,
    ...(dossier !== null && { existingDossier: dossier }),
  };
}

/** @returns BAD_USER_INPUT: a card needs its holder's personal number, which an earlier step issues. */
export function childWithoutPersonalId(): GraphQLError {
  return badUserInput("A card needs the child's personal number; deliver the part when it is known", "part.content");
}

/** @returns BAD_USER_INPUT: without a known office the province in the card's number is unknown. */
export function officeUnknown(): GraphQLError {
  return badUserInput("The receiving office is no commune of the list in force", "part.office");
}

/** The file of CARE_FACILITIES cannot be used; `faults` name the lines. */
export function badFacilityFile(path: string, faults: string[]): BadConfiguration {
  return new BadConfiguration(`  CARE_FACILITIES: ${path}\n${faults.map((f) => `    ${f}`).join("\n")}`);
}
