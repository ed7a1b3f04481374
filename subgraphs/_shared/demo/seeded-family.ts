import type { Sex } from "./population-names.ts";

/** Invented citizen. `dateOfBirth` is yyyy-MM-dd or yyyy; the last six digits of `personalId` are below 100000. */
export type SeededPerson = {
  id: string;
  personalId: string;
  fullName: string;
  dateOfBirth: string;
  sex: Sex;
  ethnicity: string;
  nationality: "VNM";
};

/** Invented couple without children, and their household; without `marriageYear` they are not married. */
export type SeededFamily = {
  mother: SeededPerson;
  father: SeededPerson;
  household: { id: string; code: string; head: "mother" | "father"; addressLine: string; commune: string };
  marriageYear?: number;
};
