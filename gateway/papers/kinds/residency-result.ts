import { isRelation, RELATIONS } from "../../../subgraphs/_shared/reference/relations.ts";
import { writtenDay } from "../../../subgraphs/_shared/reference/written-day.ts";
import { dayText } from "../../pages/instants.ts";
import type { Field } from "../paper.ts";
import { capitals } from "./birth-result.ts";
import { addressText } from "./paper-head.ts";

/** A residency as the document `result` selects it. */
export type Residency = {
  __typename: "Residency";
  registeredOn: string | null;
  relationToHead: string | null;
  citizen: { fullName: string | null; dateOfBirth: string | null; personalId: string | null } | null;
  household: {
    code: string;
    address: { line: string; commune: { name: string } } | null;
    head: { fullName: string | null } | null;
  } | null;
};

/** Content of a notice of permanent residence. */
export function residencyRows({ registeredOn, relationToHead, citizen, household }: Residency): Field[] {
  const { fullName = null, dateOfBirth = null, personalId = null } = citizen ?? {};
  const { address = null, head = null, code = null } = household ?? {};
  const relation = relationToHead !== null && isRelation(relationToHead) ? RELATIONS[relationToHead] : relationToHead;
  return [
    { label: { vi: "Họ, chữ đệm, tên", en: "Full name" }, value: capitals(fullName), isStrong: true },
    { label: { vi: "Ngày, tháng, năm sinh", en: "Date of birth" }, value: dateOfBirth && writtenDay(dateOfBirth) },
    { label: { vi: "Số định danh cá nhân", en: "Personal number" }, value: personalId },
    {
      label: { vi: "Nơi thường trú", en: "Permanent residence" },
      value: address && addressText(address),
      isStrong: true,
    },
    { label: { vi: "Chủ hộ", en: "Head of household" }, value: head?.fullName ?? null },
    { label: { vi: "Quan hệ với chủ hộ", en: "Relation to the head" }, value: relation },
    { label: { vi: "Mã hộ", en: "Code of the household" }, value: code },
    { label: { vi: "Ngày đăng ký", en: "Registered on" }, value: registeredOn && dayText(registeredOn, "vi") },
  ];
}
