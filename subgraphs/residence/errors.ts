import type { PartProblem } from "../_shared/parts/procedure.ts";

/** Problems of a part at the residence agency, each with its remedy and the article that a refusal cites. */

const IDENTITY_LAW = "Luật Căn cước số 26/2023/QH15, Điều 12; Nghị định 63/2024/NĐ-CP";
const RESIDENCE_LAW_HEAD = "Luật Cư trú số 68/2020/QH14, Điều 20 khoản 2 và Điều 21; Nghị định 154/2024/NĐ-CP";
const RESIDENCE_LAW_CHILD = "Luật Cư trú số 68/2020/QH14, Điều 12; Nghị định 154/2024/NĐ-CP, Điều 7";

export type Parent = "mother" | "father";
const parentVi = { mother: "người mẹ", father: "người cha" } as const;

export function personNotFound(who: Parent): PartProblem {
  return {
    code: "PERSON_NOT_FOUND",
    message: `Cơ sở dữ liệu dân cư không có số định danh của ${parentVi[who]}; đề nghị kiểm tra lại 12 chữ số trên thẻ căn cước`,
    messageEn: `The population register has no such number for the ${who}; check the 12 digits on the identity card`,
    path: [who, "personalId"],
    legalBasis: IDENTITY_LAW,
  };
}

export function personNameMismatch(who: Parent): PartProblem {
  return {
    code: "PERSON_NAME_MISMATCH",
    message: `Họ tên của ${parentVi[who]} khác với cơ sở dữ liệu dân cư; đề nghị nhập đúng như trên thẻ căn cước hoặc kiểm tra lại số định danh`,
    messageEn: `The ${who}'s name differs from the population register; enter it as on the identity card, or check the number`,
    path: [who, "fullName"],
    legalBasis: IDENTITY_LAW,
  };
}

export function personBirthDateMismatch(who: Parent): PartProblem {
  return {
    code: "PERSON_BIRTH_DATE_MISMATCH",
    message: `Ngày sinh của ${parentVi[who]} khác với cơ sở dữ liệu dân cư; đề nghị nhập đúng như trên thẻ căn cước, hoặc chỉ nhập phần biết chắc`,
    messageEn: `The ${who}'s date of birth differs from the population register; enter it as on the identity card, or only the part that is certain`,
    path: [who, "dateOfBirth"],
    legalBasis: IDENTITY_LAW,
  };
}

export function communeUnknown(): PartProblem {
  return {
    code: "COMMUNE_UNKNOWN",
    message: "Mã xã của nơi thường trú không có trong danh mục từ ngày 01/07/2025; đề nghị chọn xã, phường hiện hành",
    messageEn:
      "The commune of the address is not in the list in force since 1 July 2025; choose the commune it became part of",
    path: ["residence", "address", "commune"],
    legalBasis: RESIDENCE_LAW_HEAD,
  };
}

export function addressCommuneMismatch(): PartProblem {
  return {
    code: "ADDRESS_COMMUNE_MISMATCH",
    message: "Địa chỉ thuộc xã khác với hộ của chủ hộ đã khai; đề nghị nhập địa chỉ của hộ hoặc chọn đúng chủ hộ",
    messageEn:
      "The address lies in another commune than the head's household; enter the household's address or name the right head",
    path: ["residence", "address", "commune"],
    legalBasis: RESIDENCE_LAW_HEAD,
  };
}

export function headNotFound(): PartProblem {
  return {
    code: "HEAD_NOT_FOUND",
    message: "Cơ sở dữ liệu dân cư không có số định danh của chủ hộ; đề nghị kiểm tra lại 12 chữ số",
    messageEn: "The population register has no such number for the head of the household; check the 12 digits",
    path: ["residence", "headPersonalId"],
    legalBasis: RESIDENCE_LAW_HEAD,
  };
}

export function headIsNotHead(): PartProblem {
  return {
    code: "HEAD_IS_NOT_HEAD",
    message: "Người này không phải là chủ hộ của hộ nào; đề nghị nhập số định danh của chủ hộ nơi trẻ về ở",
    messageEn: "This person is head of no household; enter the number of the head of the household the child joins",
    path: ["residence", "headPersonalId"],
    legalBasis: RESIDENCE_LAW_HEAD,
  };
}

export function relationUnknown(): PartProblem {
  return {
    code: "RELATION_UNKNOWN",
    message:
      "Quan hệ với chủ hộ không có trong danh mục của mẫu CT01; đề nghị chọn một quan hệ trong danh mục, như CHILD",
    messageEn: "The relation to the head is not in the list of form CT01; choose one of the list, such as CHILD",
    path: ["residence", "relationToHead"],
    legalBasis: RESIDENCE_LAW_HEAD,
  };
}

export function childNotFound(): PartProblem {
  return {
    code: "PERSON_NOT_FOUND",
    message: "Cơ sở dữ liệu dân cư chưa có số định danh của trẻ; đề nghị chờ cấp số định danh rồi nộp lại",
    messageEn: "The population register has no such number for the child; wait until it is issued, then send again",
    path: ["child", "personalId"],
    legalBasis: RESIDENCE_LAW_CHILD,
  };
}

export function alreadyResident(existingDossier: string | null): PartProblem {
  return {
    code: "ALREADY_RESIDENT",
    message:
      "Trẻ đã được đăng ký thường trú; nếu muốn chuyển nơi thường trú, đề nghị làm thủ tục riêng tại Công an cấp xã",
    messageEn: "The child has a permanent residence already; to move it, apply separately to the police of the commune",
    path: ["residence"],
    legalBasis: RESIDENCE_LAW_CHILD,
    ...(existingDossier !== null && { existingDossier }),
  };
}

/** The register has lost an entry whose number or person belongs to another entry now, so an officer must decide. */
export function formerNumberTaken(): PartProblem {
  return {
    code: "FORMER_NUMBER_TAKEN",
    message: "Số định danh đã cấp trước đây nay thuộc về người khác, hoặc trẻ đã có số khác; cần cán bộ đối chiếu",
    messageEn:
      "The number issued before belongs to another person now, or the child has another one; an officer must compare",
    path: ["grantedBefore", "personalId"],
    legalBasis: IDENTITY_LAW,
  };
}

/** No free serial was found. The operator must widen PERSONAL_NUMBER_RANGE; the saga delivers again later. */
export function serialsExhausted(prefix: string): Error {
  return new Error(`No free personal number begins with ${prefix}: widen PERSONAL_NUMBER_RANGE`);
}
