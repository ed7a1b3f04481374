import type { NameRule } from "../_shared/reference/name-likeness.ts";

/**
 * Rule by which a registered birth may be the same as a declared one. It says which parents must agree, how similar the children's
 * names must be (null: names do not matter), and how many days may lie between the births.
 */
export type BirthLikenessRule = {
  readonly rule: string;
  readonly parents: "MOTHER" | "ALL_NAMED";
  readonly child: NameRule | null;
  readonly daysApart: number;
  readonly text: string;
  readonly textEn: string;
};

/** Comparison of parents without personal numbers: similar names, and years of birth that differ by at most one. */
export const PARENT_RULE = { name: { sound: true, slips: 2 }, yearsApart: 1 } as const;

/** Largest number of days between births of one multiple birth, which may extend past midnight. */
export const MULTIPLE_BIRTH_DAYS = 2;

/** The rules of the register of births, the strongest reason first. The children of one declared multiple birth are exempt. */
export const BIRTH_LIKENESS_RULES: readonly BirthLikenessRule[] = [
  {
    rule: "LIKE_CHILD_OF_SAME_PARENTS",
    parents: "ALL_NAMED",
    child: { sound: true, slips: 2 },
    daysApart: 400,
    text: "Đã đăng ký khai sinh cho trẻ có họ, tên gần giống và cùng cha mẹ",
    textEn: "A child with a similar name and the same parents is registered",
  },
  {
    rule: "SAME_CHILD_NAME_OF_SAME_PARENTS",
    parents: "ALL_NAMED",
    child: { sound: false, slips: 0 },
    daysApart: 2_192, // six years: the combined birth request is for children under six
    text: "Đã đăng ký khai sinh cho trẻ trùng họ, tên và cùng cha mẹ",
    textEn: "A child with the same name and the same parents is registered",
  },
  {
    rule: "ANOTHER_BIRTH_WITHIN_200_DAYS",
    parents: "MOTHER",
    child: null,
    daysApart: 200,
    text: "Người mẹ đã có con khác sinh cách đó không quá 200 ngày nhưng không được khai là cùng một lần sinh",
    textEn: "The mother has another birth within 200 days that is not declared as the same multiple birth",
  },
];
