import type { PersonLikenessRule } from "../../_shared/registers/person-likeness.ts";

/** The rules of the register of cards, the strongest reason first. Children of one declared multiple birth are exempt. */
export const CARD_LIKENESS_RULES: readonly PersonLikenessRule[] = [
  {
    rule: "LIKE_HOLDER_OF_SAME_PARENT",
    name: { sound: true, slips: 2 },
    daysApart: 400, // allows for an error in the year
    parents: "ONE_IN_COMMON",
    text: "Đã cấp thẻ cho người có họ, tên gần giống và cùng cha hoặc mẹ",
    textEn: "A person with a similar name and the same mother or father has a card",
  },
  {
    rule: "SAME_HOLDER_WITHOUT_KNOWN_PARENTS",
    name: { sound: true, slips: 0 },
    daysApart: 0,
    parents: "UNKNOWN_FOR_ONE",
    text: "Đã cấp thẻ cho người trùng họ, tên và ngày sinh; chưa rõ cha mẹ của một trong hai người",
    textEn: "A person with the same name and date of birth has a card; the parents of one are not known",
  },
];
