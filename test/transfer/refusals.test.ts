import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { openRegister, scratch, type TransferRegister } from "./empty-register.ts";

const files = scratch();
const registers: TransferRegister[] = [];
afterAll(async () => {
  await Promise.all(registers.map((register) => register.close()));
  files.remove();
});

async function emptyRegister(name: SubgraphName): Promise<TransferRegister> {
  const register = await openRegister(name);
  registers.push(register);
  return register;
}

let serial = 0;

/** Imports records. @returns the codes of the problems of each, separated by spaces; empty for one that was entered */
async function codesOf(register: TransferRegister, records: readonly object[]): Promise<string[]> {
  const file = files.path(`${serial++}.jsonl`);
  writeFileSync(file, records.map((record) => JSON.stringify(record)).join("\n"));
  await register.importFrom(file);
  const refused = new Map(register.refusedOf(file).map(({ line, problems }) => [line, problems]));
  return records.map((_, place) => (refused.get(place + 1) ?? []).map(({ code }) => code).join(" "));
}

const VIETNAMESE = { ethnicity: "Kinh", nationality: "VNM" };
const PERSON = { fullName: "Trần Văn Mẫu", dateOfBirth: "1985-03-04", ...VIETNAMESE };

describe("civil status refuses", () => {
  const parent = { personalId: null, fullName: "Lê Thị Mẫu", dateOfBirth: "1960-01-02", ...VIETNAMESE };
  const declarant = { fullName: "Lê Thị Mẫu", personalId: null, relation: "MOTHER" };
  const birth = {
    ...{ record: "BIRTH", number: "1/1985", office: "31471", registeredOn: "1985-04-01", sex: "MALE", ...PERSON },
    ...{ personalId: "092085100001", birthCommune: "31471", homeCommune: "31471", mother: parent, declarant },
  };

  test("births with impossible numbers, places, orders and declarants, and a second birth of a citizen", async () => {
    const codes = await codesOf(await emptyRegister("civil-status"), [
      birth,
      { ...birth, number: "2-1985" },
      { ...birth, number: "2/1986" },
      { ...birth, number: "2/1985", office: "00000" },
      { ...birth, number: "3/1985", birthCountry: "FRA" },
      { ...birth, number: "4/1985", birthOrder: 3, multipleOf: 2 },
      { ...birth, number: "5/1985", declarant: { ...declarant, relation: "NEIGHBOUR" } },
      { ...birth, number: "6/1985" },
    ]);
    expect(codes).toEqual([
      "",
      "BOOK_NUMBER_MALFORMED",
      "BOOK_NUMBER_MALFORMED",
      "OFFICE_NOT_LISTED",
      "BIRTH_PLACE_UNCLEAR",
      "ORDER_OF_BIRTH_IMPOSSIBLE",
      "DECLARANT_RELATION_UNKNOWN",
      "CITIZEN_HAS_BIRTH",
    ]);
  });

  const husband = { personalId: "092085100002", ...PERSON };
  const wife = { personalId: "092185100003", ...PERSON, fullName: "Lê Thị Mẫu" };
  const place = { office: "31471", registeredOn: "2010-05-06", kind: "REGISTERED" };
  const marriage = { record: "MARRIAGE", number: "1/2010", ...place, husband, wife };
  const divorce = { cause: "DIVORCE", endedOn: "2015-01-01", decision: "12/2015, Tòa án mẫu", notedOn: "2015-02-01" };

  test("marriages that leave a gap in a book, whose end is impossible, and whose spouses are married", async () => {
    const register = await emptyRegister("civil-status");
    const codes = await codesOf(register, [
      { ...marriage, number: "2/2010" },
      { ...marriage, end: { ...divorce, decision: null } },
      { ...marriage, end: { ...divorce, endedOn: "2005" } },
    ]);
    expect(codes).toEqual(["BOOK_HAS_GAP", "DECISION_OF_END", "END_BEFORE_ITS_MARRIAGE"]);
    expect(await codesOf(register, [marriage])).toEqual([""]);
    const second = { ...marriage, number: "2/2010" };
    expect(await codesOf(register, [second])).toEqual(["ALREADY_MARRIED ALREADY_MARRIED"]);
    expect(await codesOf(register, [{ ...second, end: divorce }])).toEqual(["REGISTER_REFUSES"]);
  });

  test("entries of a book that is closed", async () => {
    const register = await emptyRegister("civil-status");
    await register.sql`
      with act as (
        insert into acts (id, kind, owner, role, idempotency_key, body_hash, effective_on, ground)
        values (gen_random_uuid(), 'BOOK_CLOSING', 'test', 'test', 'test', 'test', '2011-01-03', 'test') returning id)
      insert into book_closings (book, commune_list, commune, year, entries, act_id)
      select 'MARRIAGE', '2025-07-01', '31471', 2010, 0, id from act`;
    expect(await codesOf(register, [marriage])).toEqual(["BOOK_IS_CLOSED"]);
  });

  test("a death of a person who is registered as dead, and enters one that ends the marriage", async () => {
    const register = await emptyRegister("civil-status");
    const death = {
      ...{ record: "DEATH", number: "1/2020", office: "31471", registeredOn: "2020-05-06", kind: "REGISTERED" },
      ...{ deceased: husband, sex: "MALE", diedOn: "2020-05-05", place: { line: "Nhà riêng", commune: "31471" } },
      ...{ withoutNotice: "Văn bản mẫu", declarant: { fullName: "Lê Thị Mẫu", relation: "Vợ" } },
    };
    expect(await codesOf(register, [marriage, death])).toEqual(["", ""]);
    expect(await codesOf(register, [{ ...death, number: "2/2020" }])).toEqual(["DEATH_ALREADY_REGISTERED"]);
    const [end] = await register.sql`select cause, ended_on from marriage_ends`;
    expect(end).toMatchObject({ cause: "DEATH", ended_on: "2020-05-05" });
  });
});

test("residence refuses malformed codes and persons whom it knows with other facts", async () => {
  const register = await emptyRegister("residence");
  const person = { ...PERSON, personalId: "092085100001", sex: "MALE" };
  const members = [{ ...person, fullName: "Trần Văn Thử", relationToHead: "HEAD", registeredOn: "2022-05-06" }];
  const home = { record: "HOUSEHOLD", addressLine: "Số 1", commune: "31471", enteredOn: "2022-05-06", members };
  const codes = await codesOf(register, [
    { record: "PERSON", ...person },
    { ...home, code: "31471200001" },
    { ...home, code: "12" },
  ]);
  expect(codes).toEqual(["", "PERSON_REGISTERED_OTHERWISE", "HOUSEHOLD_CODE_MALFORMED"]);
});

test("health insurance refuses cards with impossible terms, groups and numbers, and facilities with impossible codes", async () => {
  const register = await emptyRegister("health-insurance");
  const facility = { record: "FACILITY", code: "92001", name: "Trạm Y tế mẫu", commune: "31471" };
  const term = { validFrom: "2026-01-01", validTo: "2026-12-31" };
  const holder = { holderName: "Trần Văn Mẫu", holderDateOfBirth: "1985-03-04" };
  const card = { record: "CARD", number: "GD4929100000001", facility: "92001", ...holder, ...term };
  const codes = await codesOf(register, [
    facility,
    { ...facility, code: "9201" },
    { ...facility, code: "92002", commune: "00000" },
    { ...card, personalId: "092085100001" },
    { ...card, personalId: "092085100002", number: "GD4929100000002", validTo: "2025-12-31" },
    { ...card, personalId: "092085100002", number: "GD4929100000002", validTo: null, closedOn: "2026-05-05" },
    { ...card, personalId: "092085100002", number: "ZZ4929100000002" },
    { ...card, personalId: "092085100001", number: "GD4929100000003" },
    { ...card, personalId: "092085100002", number: "GD4939100000001" },
  ]);
  expect(codes).toEqual([
    ...["", "FACILITY_CODE_MALFORMED", "FACILITY_COMMUNE_UNKNOWN", "", "CARD_ENDS_BEFORE", "CLOSED_CARD_NEEDS_END"],
    ...["GROUP_NOT_LISTED", "HOLDER_HAS_OTHER_CARD", "INSURANCE_NUMBER_TAKEN"],
  ]);
});

test("land refuses days in the future, shares that cannot be, and what another parcel has", async () => {
  const register = await emptyRegister("land");
  const place = { commune: "31471", sheetNumber: 7, areaM2: 120.5, purpose: "ODT", registeredOn: "2020-05-06" };
  const certificate = (serial: string) => ({ serial, bookNumber: "CS 1", issuedOn: "2020-05-06" });
  const holders = [{ personalId: "092085100001", fullName: "Trần Văn Mẫu", shares: 1 }];
  const parcel = { record: "PARCEL", ...place, holders };
  const codes = await codesOf(register, [
    { ...parcel, code: "w21z6b0000b0", parcelNumber: 1, certificate: certificate("BA 12345678") },
    { ...parcel, code: "w21z6b0000b1", parcelNumber: 2, registeredOn: "2027-01-01", holders: [] },
    {
      ...parcel,
      code: "w21z6b0000b2",
      parcelNumber: 3,
      certificate: certificate("BA 12345679"),
      holders: [{ ...holders[0], shares: 0 }],
    },
    { ...parcel, code: "w21z6b0000b3", parcelNumber: 1, holders: [] },
    { ...parcel, code: "w21z6b0000b4", parcelNumber: 4, certificate: certificate("BA 12345678") },
  ]);
  expect(codes).toEqual([...["", "DAY_IN_FUTURE", "SHARE_TOTAL_IMPOSSIBLE", "PARCEL_NUMBER_TAKEN", "SERIAL_TAKEN"]]);
});

test("business refuses codes, forms, days and suspensions that do not fit, and a second household business of an owner", async () => {
  const register = await emptyRegister("business");
  const owner = { role: "OWNER", personalId: "092085100001", fullName: "Trần Văn Mẫu" };
  const facts = { name: "Tạp hoá mẫu", commune: "31471", addressLine: "Số 1", registeredOn: "2020-05-06" };
  const shop = { kind: "HOUSEHOLD", ...facts, people: [owner], lines: [{ list: "2018", code: "4711" }] };
  const codes = await codesOf(register, [
    { ...shop, code: "092085100001" },
    { ...shop, code: "092085100002", people: [{ ...owner, personalId: "092085100002" }], registeredOn: "2027-01-01" },
    { ...shop, code: "092085100002", people: [{ ...owner, personalId: "092085100002" }], form: "LLC" },
    { ...shop, code: "092085100002", people: [{ ...owner, personalId: "092085100002" }], suspendedTo: "2026-01-01" },
    { ...shop, code: "092085100002", kind: "ENTERPRISE", people: [{ ...owner, role: "REPRESENTATIVE" }] },
    { ...shop, code: "93A8000001" },
  ]);
  expect(codes).toEqual([
    ...["", "REGISTERED_IN_FUTURE", "FORM_OF_ENTERPRISE", "SUSPENSION_IMPOSSIBLE", "CODE_NOT_OF_KIND"],
    "OWNER_HAS_HOUSEHOLD_BUSINESS",
  ]);
});
