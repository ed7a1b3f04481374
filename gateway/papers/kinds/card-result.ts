import { writtenDay } from "../../../subgraphs/_shared/reference/written-day.ts";
import { dayText } from "../../pages/instants.ts";
import type { Field } from "../paper.ts";
import { capitals, sexText } from "./birth-result.ts";

/** A card as the document `result` selects it. */
export type HealthInsuranceCard = {
  __typename: "HealthInsuranceCard";
  number: string | null;
  validFrom: string | null;
  validTo: string | null;
  benefit: number | null;
  objectCode: string | null;
  facility: { code: string; name: string } | null;
  insured: { fullName: string | null; dateOfBirth: string | null; sex: string | null } | null;
};

/** The data of a card. */
export function cardRows({
  number,
  validFrom,
  validTo,
  benefit,
  objectCode,
  facility,
  insured,
}: HealthInsuranceCard): Field[] {
  const { fullName = null, dateOfBirth = null, sex = null } = insured ?? {};
  const to = validTo === null ? "" : ` đến ${dayText(validTo, "vi")}`;
  return [
    { label: { vi: "Mã thẻ", en: "Number" }, value: number, isStrong: true },
    { label: { vi: "Họ, chữ đệm, tên", en: "Full name" }, value: capitals(fullName), isStrong: true },
    { label: { vi: "Ngày, tháng, năm sinh", en: "Date of birth" }, value: dateOfBirth && writtenDay(dateOfBirth) },
    { label: { vi: "Giới tính", en: "Sex" }, value: sexText(sex) },
    {
      label: { vi: "Nơi đăng ký khám chữa bệnh ban đầu", en: "First-care facility" },
      value: facility && `${facility.name} (mã ${facility.code})`,
    },
    {
      label: { vi: "Giá trị sử dụng", en: "Valid" },
      value: validFrom && `từ ${dayText(validFrom, "vi")}${to}`,
      isStrong: true,
    },
    {
      label: { vi: "Mã đối tượng, mức hưởng", en: "Group and benefit level" },
      value: objectCode && `${objectCode}${benefit ?? ""}`,
    },
  ];
}
