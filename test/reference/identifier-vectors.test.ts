import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import { parseBirthNotice } from "../../subgraphs/_shared/reference/identifiers/birth-notice.ts";
import { parseDossierCode } from "../../subgraphs/_shared/reference/identifiers/dossier-code.ts";
import { childCardLastDay, parseHealthCardNumber } from "../../subgraphs/_shared/reference/identifiers/health-card.ts";
import { parseLandCertificateSerial } from "../../subgraphs/_shared/reference/identifiers/land-certificate.ts";
import type { Parsed } from "../../subgraphs/_shared/reference/identifiers/parsed.ts";
import {
  type PersonalId,
  parsePersonalId,
  personalIdFacts,
} from "../../subgraphs/_shared/reference/identifiers/personal-id.ts";
import { parsePhone } from "../../subgraphs/_shared/reference/identifiers/phone.ts";
import { parseProcedureCode } from "../../subgraphs/_shared/reference/identifiers/procedure-code.ts";
import { parseHouseholdBusinessCode, parseTaxCode } from "../../subgraphs/_shared/reference/identifiers/tax-code.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

type Vector =
  | string
  | { value: string; why?: string; decoded?: { province: string; sex: "M" | "F"; birthYear: number } };
type Vectors = { valid?: Vector[]; invalid?: Vector[] };
type Parse = (raw: string) => Parsed<string>;

const file = JSON.parse(readFileSync(projectPath("test", "data", "identifier-test-vectors.json"), "utf8"));

const parsers: Record<string, Parse> = {
  personalId: parsePersonalId,
  taxCode: parseTaxCode,
  bhytCard: parseHealthCardNumber,
  birthNotice: parseBirthNotice,
  dossierCode: parseDossierCode,
  procedureCode: parseProcedureCode,
  landCertificate: parseLandCertificateSerial,
  phone: parsePhone,
};

/** "01234567890 (11-digit mobile ended 2018)": the value is the first word unless the vector has no remark. */
function vectorValue(vector: Vector): string {
  return typeof vector === "string" ? vector.replace(/ \(.*\)$/, "") : vector.value;
}

function rows(list: "valid" | "invalid"): [string, string, string][] {
  return Object.entries(file as Record<string, Vectors>).flatMap(([kind, vectors]) =>
    (vectors[list] ?? []).map((vector): [string, string, string] => {
      const why = typeof vector === "string" ? vector : (vector.why ?? "");
      return [kind, vectorValue(vector), why];
    }),
  );
}

describe("the vectors of the domain reference", () => {
  test("every kind of the identifier vectors has a parser", () => {
    const kinds = new Set([...rows("valid"), ...rows("invalid")].map(([kind]) => kind));
    expect([...kinds].sort()).toEqual(Object.keys(parsers).sort());
  });

  test.each(rows("valid"))("a valid %s is accepted without a warning: %s", (kind, value) => {
    expect(parsers[kind]?.(value)).toMatchObject({ ok: true, value: value.replace("+84", "0"), warnings: [] });
  });

  test.each(rows("invalid"))(
    "an invalid %s is refused, or accepted with a warning where the reference says so: %s (%s)",
    (kind, value, why) => {
      const parsed = parsers[kind]?.(value);
      if (why.includes("warn")) expect(parsed).toMatchObject({ ok: true, warnings: [{ code: expect.any(String) }] });
      else expect(parsed).toMatchObject({ ok: false, fault: { code: expect.any(String) } });
    },
  );

  test("decoded personal numbers agree with the identifier vectors", () => {
    for (const { value, decoded } of file.personalId.valid) {
      expect(personalIdFacts(value as PersonalId)).toEqual({
        place: decoded.province.slice(0, 3),
        sex: decoded.sex === "M" ? "MALE" : "FEMALE",
        birthYear: decoded.birthYear,
      });
    }
  });

  test("last days of children's cards agree with the identifier vectors", () => {
    for (const { dob, validTo } of file.childHealthCard.vectors)
      expect(childCardLastDay(dob as LegalDay)).toBe(validTo);
  });

  test("each form of the codes of household businesses is accepted", () => {
    for (const code of ["079326000451", "0312687878-001", "01R8017431"])
      expect(parseHouseholdBusinessCode(code)).toMatchObject({ ok: true, warnings: [] });
  });

  test("our identifier patterns accept what the patterns of the reference accept", () => {
    const patterns: [string, Parse][] = [
      [file.birthNotice.regex, parseBirthNotice],
      [file.landCertificate.serialRegex, parseLandCertificateSerial],
      [file.phone.mobileRegex, parsePhone],
      [file.phone.landlineRegex, parsePhone],
    ];
    for (const [pattern, parse] of patterns) {
      fc.assert(
        fc.property(fc.stringMatching(new RegExp(pattern)), (raw) => parse(raw).ok),
        { numRuns: 50 },
      );
    }
  });

  test("an identifier error has a Vietnamese message with diacritics and an English one", () => {
    for (const [kind, value, why] of rows("invalid").filter(([, , why]) => !why.includes("warn"))) {
      const parsed = parsers[kind]?.(value);
      if (parsed === undefined || parsed.ok) throw new Error(why);
      expect(parsed.fault.message).toMatch(/[ạảấầậắặẽếềệịọốồộớờợụủứừựữỹđáàãâéèêíóòôơúùưý]/);
      expect(parsed.fault.messageEn).toMatch(/^[A-Z0-9].{20}/);
    }
  });
});
