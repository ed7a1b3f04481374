import * as z from "zod";
import { commune } from "../../_shared/reference/communes.ts";
import { allNationalities } from "../../_shared/reference/nationalities.ts";
import { writtenDay } from "../../_shared/reference/written-day.ts";

/** Line of a draft certificate. `field` is the path into the input of the combined request, joined by dots. */
export type CertificateFact = { field: string; label: string; labelEn: string; value: string | null };

const text = z.string().nullish();
const person = z.object({ fullName: text, dateOfBirth: text, ethnicity: text, nationality: text });
/** Share of a birth's content that the certificate shows (Law on Civil Status 60/2014, art. 14). */
const birth = z.object({
  child: person.extend({
    sex: text,
    placeOfBirth: z.object({ facilityName: text, commune: text, country: text }),
    homeCommune: text,
  }),
  mother: person.nullish(),
  father: person.nullish(),
});
type Person = z.infer<typeof person>;

const SEXES: Readonly<Record<string, string>> = { MALE: "Nam", FEMALE: "Nữ" };

/** Lines of the draft certificate, from the content that is sent to civil status. */
export function certificateFacts(content: unknown): CertificateFact[] {
  const { child, mother, father } = birth.parse(content);
  const { facilityName, commune: place, country } = child.placeOfBirth;
  const placeOfBirth = [facilityName, communeName(place), nationalityName(country)].filter(Boolean).join(", ");
  return [
    ...personFacts("child", ["trẻ", "the child"], child),
    fact("child.sex", "Giới tính", "Sex", SEXES[child.sex ?? ""] ?? child.sex),
    fact("child.placeOfBirth", "Nơi sinh", "Place of birth", placeOfBirth),
    fact("child.homeCommune", "Quê quán", "Home town", communeName(child.homeCommune)),
    ...(mother ? personFacts("mother", ["người mẹ", "the mother"], mother) : []),
    ...(father ? personFacts("father", ["người cha", "the father"], father) : []),
  ];
}

function personFacts(who: string, [vi, en]: [string, string], of: Person): CertificateFact[] {
  return [
    fact(`${who}.fullName`, `Họ, chữ đệm, tên ${vi}`, `Full name of ${en}`, of.fullName),
    fact(
      `${who}.dateOfBirth`,
      `Ngày sinh ${vi}`,
      `Date of birth of ${en}`,
      of.dateOfBirth && writtenDay(of.dateOfBirth),
    ),
    fact(`${who}.ethnicity`, `Dân tộc ${vi}`, `Ethnicity of ${en}`, of.ethnicity),
    fact(`${who}.nationality`, `Quốc tịch ${vi}`, `Nationality of ${en}`, nationalityName(of.nationality)),
  ];
}

function fact(field: string, label: string, labelEn: string, value: string | null | undefined): CertificateFact {
  return { field, label, labelEn, value: value || null };
}

function communeName(code: string | null | undefined): string | null {
  return code ? (commune(code)?.name ?? code) : null;
}

function nationalityName(code: string | null | undefined): string | null {
  return code ? (allNationalities().find((each) => each.code === code)?.name ?? code) : null;
}
