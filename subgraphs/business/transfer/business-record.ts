import * as z from "zod";
import { type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { parseByPattern } from "../../_shared/reference/identifiers/parsed.ts";
import { parseBusinessCode } from "../../_shared/reference/identifiers/tax-code.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { within } from "../../_shared/transfer/columns.ts";
import { optionalNumber, optionalText, readFields, text } from "../../_shared/transfer/record-fields.ts";
import { firstFacts, readDetails, readFurtherName } from "../businesses/details.ts";
import { industryListOn, type Line } from "../businesses/lines.ts";
import type { Facts } from "../businesses/new-version.ts";
import { industriesMissing, industryMalformed, namedTwice } from "../errors.ts";
import { LONGEST_ISSUER, LONGEST_NUMBER } from "../licences/licence-acts.ts";
import { type LicenceKind, licenceKinds } from "../licences/licence-kinds.ts";
import { codeNotOfOwner, formOfEnterprise, registeredInFuture, suspensionImpossible } from "./errors.ts";

export type LicenceRow = {
  number: string;
  kind: LicenceKind;
  issuer: string | null;
  issuedOn: LegalDay;
  expiresOn: LegalDay | null;
};
/** A business in force as files have it: people by role and number, lines in their order, licences by number. */
export type BusinessRow = { code: string } & Omit<Facts, "communeCode" | "people" | "lines"> & {
    commune: string;
    people: { role: Facts["people"][number]["role"]; personalId: string; fullName: string | null }[];
    lines: Line[];
    licences: LicenceRow[];
  };

const ROLES = ["OWNER", "MEMBER", "REPRESENTATIVE", "HEAD"] as const;
const FORMS = ["PRIVATE", "LLC_ONE_MEMBER", "LLC", "JOINT_STOCK", "PARTNERSHIP"] as const;
const MOST_ROWS = 500;

const person = z.strictObject({ role: z.enum(ROLES), personalId: text, fullName: text });
const line = z.strictObject({
  list: z.union([z.enum(["2018", "2025"]), z.literal(""), z.null()]).optional(),
  code: text,
});
const licence = z.strictObject({
  ...{ number: text, kind: z.enum(licenceKinds), issuer: optionalText, issuedOn: text, expiresOn: optionalText },
});
const fields = z.strictObject({
  ...{ code: text, kind: z.enum(["HOUSEHOLD", "ENTERPRISE", "BRANCH"]), name: text, foreignName: optionalText },
  ...{ shortName: optionalText, form: z.union([z.enum(FORMS), z.literal(""), z.null()]).optional() },
  ...{ capital: optionalNumber, commune: text, addressLine: text, registeredOn: text, changeNumber: optionalNumber },
  ...{ suspendedFrom: optionalText, suspendedTo: optionalText },
  people: z.array(person).max(MOST_ROWS),
  lines: z.array(line).max(MOST_ROWS),
  licences: z.array(licence).max(MOST_ROWS).nullish(),
});
type RawBusiness = z.infer<typeof fields>;

export const BUSINESS_COLUMNS = {
  ...{ code: "Mã số", kind: "Loại", name: "Tên", foreignName: "Tên bằng tiếng nước ngoài", shortName: "Tên viết tắt" },
  ...{ form: "Loại hình doanh nghiệp", capital: "Vốn (đồng)", commune: "Mã xã", addressLine: "Địa chỉ" },
  ...{ registeredOn: "Ngày đăng ký", changeNumber: "Đăng ký thay đổi lần thứ" },
  ...{ suspendedFrom: "Tạm ngừng từ ngày", suspendedTo: "Tạm ngừng đến ngày" },
  ...within("people[].", "Người liên quan", {
    ...{ role: "Vai trò", personalId: "Số định danh cá nhân", fullName: "Họ, chữ đệm, tên" },
  }),
  ...within("lines[].", "Ngành nghề", { list: "Danh mục", code: "Mã" }),
  ...within("licences[].", "Giấy phép", {
    ...{ number: "Số", kind: "Loại", issuer: "Nơi cấp", issuedOn: "Ngày cấp", expiresOn: "Ngày hết hạn" },
  }),
};

/** The business of a record; undefined, with all problems, if it cannot be one. The terms of licences are examined by their rules. */
export function readBusiness(raw: object, today: LegalDay, problems: Problems): BusinessRow | undefined {
  const read = readFields(fields, raw, problems);
  if (!read) return undefined;
  const { kind } = read;
  const code = problems.take(["code"], parseBusinessCode(read.code));
  if (code && !isCodeOf(kind, code)) problems.add(["code"], codeNotOfOwner());
  const registeredOn = problems.take(["registeredOn"], parseLegalDay(read.registeredOn));
  if (registeredOn && registeredOn > today) problems.add(["registeredOn"], registeredInFuture());
  const on = registeredOn ?? today;
  const lines = readLines(read.lines, on, problems);
  const { commune, name, addressLine, capital: capitalVnd, people } = read;
  const details = readDetails({ commune, name, addressLine, capitalVnd, people }, kind, on, problems);
  const facts = firstFacts(kind, on, { ...details, lines });
  const names = {
    foreignName: readFurtherName(read.foreignName, "foreignName", problems),
    shortName: readFurtherName(read.shortName, "shortName", problems),
  };
  if (read.form && kind !== "ENTERPRISE") problems.add(["form"], formOfEnterprise());
  const suspension = readSuspension(read, problems);
  const licences = (read.licences ?? []).flatMap((each, place) => readLicence(each, place, problems) ?? []);
  if (!code || !facts) return undefined;
  const { communeCode, ...own } = facts;
  return {
    ...{ ...own, ...names, ...suspension, code, commune: communeCode, form: read.form || null },
    changeNumber: read.changeNumber ?? 0,
    people: [...facts.people].sort(byText(({ role, personalId }) => `${role} ${personalId}`)),
    lines: [...facts.lines],
    licences: licences.sort(byText(({ number }) => number)),
  };
}

/** Order by a text, in which exports have lists. */
export function byText<Row>(textOf: (row: Row) => string): (one: Row, other: Row) => number {
  return (one, other) => (textOf(one) < textOf(other) ? -1 : 1);
}

function isCodeOf(kind: RawBusiness["kind"], code: string): boolean {
  if (kind === "BRANCH") return /^\d{10}-\d{3}$/.test(code);
  return kind !== "ENTERPRISE" || /^\d{10}$/.test(code);
}

function readLines(raw: RawBusiness["lines"], on: LegalDay, problems: Problems): Line[] {
  if (raw.length === 0) problems.add(["lines"], industriesMissing());
  return raw.flatMap(({ list, code: rawCode }, place) => {
    const path = ["lines", place, "code"];
    const code = problems.take(path, parseByPattern<string>(rawCode, /^\d{4}$/, industryMalformed()));
    if (raw.findIndex((other) => other.code === rawCode) < place) problems.add(path, namedTwice());
    return code ? [{ list: list || industryListOn(on), code }] : [];
  });
}

function readSuspension({ kind, ...read }: RawBusiness, problems: Problems) {
  const day = (name: "suspendedFrom" | "suspendedTo") => {
    const raw = read[name];
    return raw === null ? null : (problems.take([name], parseLegalDay(raw)) ?? null);
  };
  const [suspendedFrom, suspendedTo] = [day("suspendedFrom"), day("suspendedTo")];
  const isOpen = suspendedFrom !== null && suspendedTo === null && kind !== "HOUSEHOLD";
  const isReversed = suspendedTo !== null && (suspendedFrom === null || suspendedTo < suspendedFrom);
  if (isOpen || isReversed) problems.add(["suspendedTo"], suspensionImpossible());
  return { suspendedFrom, suspendedTo };
}

function readLicence(
  raw: NonNullable<RawBusiness["licences"]>[number],
  place: number,
  problems: Problems,
): LicenceRow | undefined {
  const path = (name: string) => ["licences", place, name];
  const number = problems.take(path("number"), parseFreeText(raw.number, LONGEST_NUMBER));
  const issuer = raw.issuer === null ? null : problems.take(path("issuer"), parseFreeText(raw.issuer, LONGEST_ISSUER));
  const issuedOn = problems.take(path("issuedOn"), parseLegalDay(raw.issuedOn));
  const expiresOn = raw.expiresOn === null ? null : problems.take(path("expiresOn"), parseLegalDay(raw.expiresOn));
  if (!number || issuer === undefined || !issuedOn || expiresOn === undefined) return undefined;
  return { number, kind: raw.kind, issuer, issuedOn, expiresOn };
}
