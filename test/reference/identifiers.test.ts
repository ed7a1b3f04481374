import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import {
  type BirthNotice,
  birthNoticeFacts,
  birthNoticeFault,
  isLateNotice,
  parseBirthNotice,
} from "../../subgraphs/_shared/reference/identifiers/birth-notice.ts";
import { parseDossierCode } from "../../subgraphs/_shared/reference/identifiers/dossier-code.ts";
import {
  childCardLastDay,
  type HealthCardNumber,
  healthCardFacts,
  parseHealthCardNumber,
} from "../../subgraphs/_shared/reference/identifiers/health-card.ts";
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
import { parentAge } from "../../subgraphs/_shared/reference/parent-ages.ts";
import type { PartialDate } from "../../subgraphs/_shared/reference/partial-dates.ts";

type Parse = (raw: string) => Parsed<string>;

function codeOf(parsed: Parsed<unknown>): string {
  return parsed.ok ? (parsed.warnings[0]?.code ?? "OK") : parsed.fault.code;
}

describe("each fault by its own code", () => {
  test.each<[Parse, string, string]>([
    [parsePersonalId, "123456789", "LEGACY_ID_CARD_NUMBER"],
    [parsePersonalId, "00122400001x", "PERSONAL_ID_MALFORMED"],
    [parsePersonalId, " 001224000017", "PERSONAL_ID_MALFORMED"],
    [parsePersonalId, "001224000017\n", "PERSONAL_ID_MALFORMED"],
    [parsePersonalId, "٠٠١٢٢٤٠٠٠٠١٧", "PERSONAL_ID_MALFORMED"],
    [parsePersonalId, "003224000017", "PERSONAL_ID_PLACE_UNKNOWN"],
    [parseTaxCode, "010023348", "TAX_CODE_MALFORMED"],
    [parseTaxCode, "0100233480", "TAX_CODE_CHECKSUM"],
    [parseTaxCode, "0000000000", "TAX_CODE_NEVER_ISSUED"],
    [parseTaxCode, "0100233488-000", "TAX_CODE_BRANCH"],
    [parseHouseholdBusinessCode, "0100233488", "HOUSEHOLD_BUSINESS_CODE_MALFORMED"],
    [parseHouseholdBusinessCode, "0100233480-001", "TAX_CODE_CHECKSUM"],
    [parseHealthCardNumber, "te1010123456789", "HEALTH_CARD_MALFORMED"],
    [parseHealthCardNumber, "TE4010123456789", "HEALTH_CARD_BENEFIT"],
    [parseBirthNotice, "00123.gcs.01929.26", "BIRTH_NOTICE_MALFORMED"],
    [parseDossierCode, "H1.15-250224-0001", "DOSSIER_CODE_MALFORMED"],
    [parseDossierCode, "H01-250229-0001", "DOSSIER_CODE_DATE"],
    [parseDossierCode, "G09.20-20261301-0092637", "DOSSIER_CODE_DATE"],
    [parseProcedureCode, "1.001193.02", "PROCEDURE_CODE_MALFORMED"],
    [parseLandCertificateSerial, "ÐA 00000123", "LAND_CERTIFICATE_MALFORMED"],
    [parsePhone, "912345678", "PHONE_MALFORMED"],
    [parsePhone, "01234567890", "PHONE_OLD_MOBILE"],
  ])("%o refuses %o as %s", (parse, raw, code) => {
    expect(codeOf(parse(raw))).toBe(code);
  });
});

describe("what identifiers tell", () => {
  test("the later centuries of a personal number count on from the sex digit", () => {
    expect(personalIdFacts("001999000017" as PersonalId)).toEqual({ place: "001", sex: "FEMALE", birthYear: 2399 });
    expect(personalIdFacts("001026000017" as PersonalId)).toEqual({ place: "001", sex: "MALE", birthYear: 1926 });
  });

  test("a birth notice contains its facility and year, and a card its group and number", () => {
    expect(birthNoticeFacts("00123.GCS.01929.26" as BirthNotice)).toEqual({
      sequence: "00123",
      facility: "01929",
      year: 2026,
    });
    expect(healthCardFacts("TE1010123456789" as HealthCardNumber)).toEqual({
      group: "TE",
      benefit: 1,
      province: "01",
      insuranceNumber: "0123456789",
    });
  });

  test("a child's card ends with September for children born by then, else with the month of birth", () => {
    const ends = ["2020-02-29", "2020-09-30", "2020-10-01", "2020-12-31"].map((day) =>
      childCardLastDay(day as LegalDay),
    );
    expect(ends).toEqual(["2026-09-30", "2026-09-30", "2026-10-31", "2026-12-31"]);
  });
});

describe("the year of a birth notice", () => {
  const of = (year: string) => `00123.GCS.93012.${year}` as BirthNotice;
  test.each([
    ["20", "2026-11-16", "BIRTH_NOTICE_BEFORE_BIRTH", false],
    ["25", "2026-01-01", "BIRTH_NOTICE_BEFORE_BIRTH", false],
    ["26", "2026-11-16", undefined, false],
    ["26", "2025-12-31", undefined, false],
    ["26", "2025-12-01", undefined, false],
    ["26", "2025-11-30", undefined, true],
    ["26", "2024-12-31", undefined, true],
    ["27", "2026-11-16", "BIRTH_NOTICE_IN_FUTURE", true],
  ])("the year 20%s of a birth notice for a birth of %s gives the problem %s, late %o", (year, bornOn, code, late) => {
    expect(birthNoticeFault(of(year), bornOn as LegalDay, "2026-11-23" as LegalDay)?.code).toBe(code);
    expect(isLateNotice(of(year), bornOn as LegalDay)).toBe(late);
  });
});

describe("a parent's age at the birth", () => {
  test.each([
    ["mother", "1895-01-01", "TOO_OLD"],
    ["mother", "1895", "TOO_OLD"],
    ["mother", "1970", "UNUSUAL"],
    ["mother", "1976-11-16", "USUAL"],
    ["mother", "1995", "USUAL"],
    ["mother", "2012", "UNUSUAL"],
    ["mother", "2014-11-16", "UNUSUAL"],
    ["mother", "2014-11-17", "TOO_YOUNG"],
    ["father", "1970", "USUAL"],
    ["father", "1950", "UNUSUAL"],
    ["father", "1900", "TOO_OLD"],
  ] as const)("the age of a %s born in %s is %s", (who, born, judged) => {
    expect(parentAge(who, born as PartialDate, "2026-11-16" as LegalDay)).toBe(judged);
  });
});

describe("one writing of each identifier", () => {
  test("other spellings of an identifier are normalized to the official one", () => {
    expect(parsePhone("+84912345678")).toMatchObject({ value: "0912345678" });
    expect(parseTaxCode("0312687878001")).toMatchObject({ value: "0312687878-001" });
    expect(parseHouseholdBusinessCode("0312687878001")).toMatchObject({ value: "0312687878-001" });
    expect(parseLandCertificateSerial("ĐA00000123")).toMatchObject({ value: "ĐA 00000123" });
  });

  test.each([
    ["0912 345 678", "0912345678"],
    ["0912.345.678", "0912345678"],
    ["0912-345-678", "0912345678"],
    ["+84 912 345 678", "0912345678"],
    ["+84 (0)912 345 678", "0912345678"],
    ["84912345678", "0912345678"],
    ["0084912345678", "0912345678"],
    ["(024) 3822 1234", "02438221234"],
    ["842438221234", "02438221234"],
    ["+819012345678", "+819012345678"],
    ["+81 90-1234-5678", "+819012345678"],
    ["0081 90 1234 5678", "+819012345678"],
    ["+1 (415) 555-2671", "+14155552671"],
  ])("the telephone number %s is normalized to %s", (raw, number) => {
    expect(parsePhone(raw)).toMatchObject({ ok: true, value: number });
  });

  test.each([
    "819012345678",
    "+8491234567",
    "+0912345678",
    "+1",
    "+12345678901234567",
    "0912 345 67",
    "091234567a",
    "",
  ])("%j is refused as a telephone number", (raw) => {
    expect(parsePhone(raw)).toMatchObject({ ok: false, fault: { code: "PHONE_MALFORMED" } });
  });

  test("parsing a normalized identifier changes nothing, and no text makes a parser throw", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.stringMatching(/^\d{9,13}$/),
      fc.stringMatching(/^(0|\+84)\d{9,10}$/),
      fc.stringMatching(/^[A-ZĐ]{2} ?\d{5,8}$/),
    );
    const all: Parse[] = [
      parsePersonalId,
      parseTaxCode,
      parseHealthCardNumber,
      parseDossierCode,
      parsePhone,
      parseLandCertificateSerial,
      parseHouseholdBusinessCode,
    ];
    const stable = (raw: string) =>
      all.every((parse) => {
        const once = parse(raw);
        return !once.ok || JSON.stringify(parse(once.value)) === JSON.stringify(once);
      });
    fc.assert(fc.property(texts, stable), { numRuns: 500 });
  });

  test("any wrong digit in a tax code is detected", () => {
    const positions = fc.tuple(
      fc.constantFrom("0100233488", "0100112437", "9900000016"),
      fc.nat(9),
      fc.integer({ min: 1, max: 9 }),
    );
    fc.assert(
      fc.property(positions, ([code, at, shift]) => {
        const wrong = `${code.slice(0, at)}${(Number(code[at]) + shift) % 10}${code.slice(at + 1)}`;
        return !parseTaxCode(wrong).ok;
      }),
    );
  });
});
