import * as z from "zod";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { parseByPattern } from "../../_shared/reference/identifiers/parsed.ts";
import { isRelation, type Relation } from "../../_shared/reference/relations.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import { within } from "../../_shared/transfer/columns.ts";
import { readFields, text } from "../../_shared/transfer/record-fields.ts";
import { headMissing, memberNamedTwice } from "../households/errors.ts";
import { demandEligible } from "../households/relations.ts";
import { readAddress } from "../residencies/addresses.ts";
import { householdCodeMalformed, relationNotListed } from "./errors.ts";
import { PERSON_COLUMNS, type PersonRow, personFields, readDay, readPerson } from "./person-record.ts";

export type MemberRow = PersonRow & { relationToHead: Relation; registeredOn: LegalDay };
/** A household with its members, the head first and the others by their numbers. */
export type HouseholdRow = {
  code: string;
  addressLine: string;
  commune: string;
  enteredOn: LegalDay;
  members: MemberRow[];
};

const memberFields = z.strictObject({ ...personFields, relationToHead: text, registeredOn: text });
const fields = z.strictObject({
  ...{ code: text, addressLine: text, commune: text, enteredOn: text },
  members: z.array(memberFields).min(1).max(200),
});
type RawMember = z.infer<typeof memberFields>;

export const ADDRESS_COLUMNS = { addressLine: "Địa chỉ", commune: "Mã xã" };
export const HOUSEHOLD_COLUMNS = {
  ...{ code: "Mã hộ", ...ADDRESS_COLUMNS, enteredOn: "Ngày lập hộ" },
  ...within("members[].", "Thành viên", {
    ...{ ...PERSON_COLUMNS, relationToHead: "Quan hệ với chủ hộ", registeredOn: "Ngày đăng ký thường trú" },
  }),
};

/** The household of a record; undefined, with all problems, if it cannot be one. A commune of before July 2025 is led to its successor. */
export function readHousehold(raw: object, today: LegalDay, problems: Problems): HouseholdRow | undefined {
  const read = readFields(fields, raw, problems);
  if (!read) return undefined;
  const code = problems.take(["code"], parseByPattern<string>(read.code, /^\d{10,11}$/, householdCodeMalformed()));
  const address = readAddress({ line: read.addressLine, commune: read.commune }, [], problems);
  const enteredOn = readDay(read.enteredOn, ["enteredOn"], today, problems);
  const members = read.members.flatMap((each, place) => readMember(each, ["members", place], today, problems) ?? []);
  demandOneHead(members, today, problems);
  if (!code || !address || !enteredOn) return undefined;
  const { addressLine, communeCode: commune } = address;
  return { code, addressLine, commune, enteredOn, members: members.sort(byHeadAndNumber) };
}

function readMember(
  { relationToHead, registeredOn: rawDay, ...raw }: RawMember,
  path: Path,
  today: LegalDay,
  problems: Problems,
): MemberRow | undefined {
  const person = readPerson(raw, path, today, problems);
  const registeredOn = readDay(rawDay, [...path, "registeredOn"], today, problems);
  if (!isRelation(relationToHead)) {
    problems.add([...path, "relationToHead"], relationNotListed());
    return undefined;
  }
  return person && registeredOn && { ...person, relationToHead, registeredOn };
}

function demandOneHead(members: readonly MemberRow[], today: LegalDay, problems: Problems): void {
  const heads = members.filter(({ relationToHead }) => relationToHead === "HEAD");
  const [head] = heads;
  if (!head || heads.length > 1) problems.add(["members"], headMissing());
  members.forEach(({ personalId }, place) => {
    if (members.findIndex((other) => other.personalId === personalId) < place)
      problems.add(["members", place, "personalId"], memberNamedTwice());
  });
  if (!head) return;
  const candidates = members.map((each) => ({ ...each, personId: each.personalId }));
  const path = ["members", members.indexOf(head)];
  demandEligible({ ...head, personId: head.personalId }, candidates, today, path, problems);
}

export function byHeadAndNumber(one: MemberRow, other: MemberRow): number {
  const rank = ({ relationToHead, personalId }: MemberRow) => `${relationToHead === "HEAD" ? 0 : 1}${personalId}`;
  return rank(one) < rank(other) ? -1 : 1;
}
