import type { PersonLikenessRule } from "../_shared/registers/person-likeness.ts";

/** Rule by which a registered resident may be the person of a part; `place` is where the resident lives. */
export type ResidentLikenessRule = PersonLikenessRule & { readonly place: "SAME_HOUSEHOLD" | "ANYWHERE" };

/** The rules of the register of residence, the strongest reason first. Children of one declared multiple birth are exempt. */
export const RESIDENT_LIKENESS_RULES: readonly ResidentLikenessRule[] = [
  {
    rule: "LIKE_MEMBER_OF_HOUSEHOLD",
    place: "SAME_HOUSEHOLD",
    name: { sound: true, slips: 2 },
    daysApart: 31, // allows for an error in the day; cousins with similar names may share a household
    parents: "ANY",
    text: "Hộ đã có thành viên có họ, tên và ngày sinh gần giống",
    textEn: "The household has a member with a similar name and date of birth",
  },
  {
    rule: "LIKE_RESIDENT_OF_SAME_PARENT",
    place: "ANYWHERE",
    name: { sound: true, slips: 2 },
    daysApart: 400, // allows for an error in the year
    parents: "ONE_IN_COMMON",
    text: "Đã đăng ký thường trú cho người có họ, tên gần giống và cùng cha hoặc mẹ",
    textEn: "A person with a similar name and the same mother or father has a permanent residence",
  },
  {
    rule: "SAME_RESIDENT_WITHOUT_KNOWN_PARENTS",
    place: "ANYWHERE",
    name: { sound: true, slips: 0 },
    daysApart: 0,
    parents: "UNKNOWN_FOR_ONE",
    text: "Đã đăng ký thường trú cho người trùng họ, tên và ngày sinh; chưa rõ cha mẹ của một trong hai người",
    textEn: "A person with the same name and date of birth has a permanent residence; the parents of one are not known",
  },
];
