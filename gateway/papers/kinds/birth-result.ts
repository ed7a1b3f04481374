import { BIRTH_DECLARANTS, isBirthDeclarant } from "../../../subgraphs/_shared/reference/birth-declarants.ts";
import { allNationalities } from "../../../subgraphs/_shared/reference/nationalities.ts";
import { writtenDay } from "../../../subgraphs/_shared/reference/written-day.ts";
import { dayText } from "../../pages/instants.ts";
import type { Field } from "../paper.ts";
import { dateInWords } from "./date-in-words.ts";

type Parent = { fullName: string; dateOfBirth: string | null; ethnicity: string | null; nationality: string | null };

/** A registration as the document `result` selects it. */
export type BirthRegistration = {
  __typename: "BirthRegistration";
  number: string | null;
  registeredOn: string | null;
  sex: string | null;
  ethnicity: string | null;
  nationality: string | null;
  placeOfBirth: { facilityName: string | null; commune: { name: string } | null; country: string | null } | null;
  homeCommune: { name: string } | null;
  child: { fullName: string | null; dateOfBirth: string | null; personalId: string | null } | null;
  mother: Parent | null;
  father: Parent | null;
  declarant: { fullName: string | null; relation: string | null } | null;
};

/** Content of a registration by the Law on Civil Status 60/2014, art. 14. A parent who is not recorded is left out. */
export function birthRows(birth: BirthRegistration): Field[] {
  const { number, registeredOn, sex, ethnicity, nationality, homeCommune, child, mother, father, declarant } = birth;
  return [
    { label: { vi: "Số đăng ký", en: "Number" }, value: number, isStrong: true },
    { label: { vi: "Họ, chữ đệm, tên", en: "Full name" }, value: capitals(child?.fullName), isStrong: true },
    { label: { vi: "Ngày, tháng, năm sinh", en: "Date of birth" }, value: bothWays(child?.dateOfBirth ?? null) },
    { label: { vi: "Giới tính", en: "Sex" }, value: sexText(sex) },
    { label: { vi: "Dân tộc", en: "Ethnic group" }, value: ethnicity },
    { label: { vi: "Quốc tịch", en: "Nationality" }, value: nationalityText(nationality) },
    { label: { vi: "Nơi sinh", en: "Place of birth" }, value: placeText(birth.placeOfBirth) },
    { label: { vi: "Quê quán", en: "Home town" }, value: homeCommune?.name ?? null },
    { label: { vi: "Số định danh cá nhân", en: "Personal number" }, value: child?.personalId ?? null },
    ...(mother ? [{ label: { vi: "Người mẹ", en: "Mother" }, value: parentText(mother) }] : []),
    ...(father ? [{ label: { vi: "Người cha", en: "Father" }, value: parentText(father) }] : []),
    ...(declarant ? [{ label: { vi: "Người đi khai sinh", en: "Declared by" }, value: declarantText(declarant) }] : []),
    { label: { vi: "Ngày đăng ký", en: "Registered on" }, value: registeredOn && dayText(registeredOn, "vi") },
  ];
}

export function capitals(name: string | null | undefined): string | null {
  return name?.toLocaleUpperCase("vi") ?? null;
}

export function sexText(sex: string | null | undefined): string | null {
  return sex === "MALE" ? "Nam" : sex === "FEMALE" ? "Nữ" : null;
}

function bothWays(date: string | null): string | null {
  if (date === null) return null;
  return date.length === 10 ? `${writtenDay(date)} (${dateInWords(date)})` : writtenDay(date);
}

function nationalityText(code: string | null): string | null {
  return allNationalities().find((each) => each.code === code)?.name ?? code;
}

function placeText(place: BirthRegistration["placeOfBirth"]): string | null {
  if (!place) return null;
  const parts = [place.facilityName, place.commune?.name, nationalityText(place.country)];
  return parts.filter((each) => each != null).join(", ") || null;
}

function parentText({ fullName, dateOfBirth, ethnicity, nationality }: Parent): string {
  const born = dateOfBirth === null ? null : `sinh ${writtenDay(dateOfBirth)}`;
  const people = ethnicity === null ? null : `dân tộc ${ethnicity}`;
  const state = nationality === null ? null : `quốc tịch ${nationalityText(nationality)}`;
  return [capitals(fullName), born, people, state].filter((each) => each !== null).join("; ");
}

function declarantText({ fullName, relation }: NonNullable<BirthRegistration["declarant"]>): string | null {
  const known = relation !== null && isBirthDeclarant(relation) ? ` (${BIRTH_DECLARANTS[relation].toLowerCase()})` : "";
  return fullName && `${fullName}${known}`;
}
