import { and, desc, eq, gt, or, sql } from "drizzle-orm";
import type { ComparedFact, Likeness } from "../_shared/parts/likeness.ts";
import { daysBetween, type LegalDay } from "../_shared/reference/days.ts";
import { areLikeNames } from "../_shared/reference/name-likeness.ts";
import { yearOf } from "../_shared/reference/partial-dates.ts";
import { latestVersion } from "../_shared/registers/latest-version.ts";
import { lockLikenessKeys } from "../_shared/registers/likeness-lock.ts";
import type { Tx } from "../_shared/serving/database.ts";
import { type ComparedBirth, comparedBirth, keysToSearch, storedLikenessKeys } from "./birth-likeness-keys.ts";
import {
  BIRTH_LIKENESS_RULES,
  type BirthLikenessRule,
  MULTIPLE_BIRTH_DAYS,
  PARENT_RULE,
} from "./birth-likeness-rules.ts";
import { personsOfVersion } from "./births.ts";
import type { BirthContent, BirthPersons, RecordedParent } from "./contents.ts";
import { motherKey } from "./mother-key.ts";
import { births, birthVersions } from "./tables.ts";

/** Largest number of candidates for one birth; the newest are kept. */
const MOST_CANDIDATES = 300;

type Registered = ComparedBirth & { id: string; dossier: string | null };

/**
 * Registered births that may be the same child, each with the first rule that applies. A birth that this register lost was compared with
 * the older ones when it was granted: only those registered since count.
 */
export async function likenessesOf(tx: Tx, content: BirthContent): Promise<Likeness[]> {
  const here = comparedBirth(content);
  const keys = keysToSearch(here);
  if (keys.length === 0) return [];
  const [, found] = await Promise.all([lockLikenessKeys(tx, keys), candidates(tx, content, keys).execute()]);
  return found.flatMap((row) => likenessTo(here, registeredBirth(row)) ?? []);
}

/** Likeness of a declared birth to a registered one; null if no rule finds any. */
export function likenessTo(here: ComparedBirth, there: Registered): Likeness | null {
  if (areOneMultipleBirth(here, there)) return null;
  const found = BIRTH_LIKENESS_RULES.find((rule) => applies(rule, here, there));
  if (!found) return null;
  const { rule, text, textEn } = found;
  return {
    id: there.id,
    type: "BirthRegistration",
    rule,
    text,
    textEn,
    dossier: there.dossier,
    facts: facts(here, there),
  };
}

function candidates(tx: Tx, content: BirthContent, keys: readonly string[]) {
  const list = sql.join(
    storedLikenessKeys(keys).map((key) => sql`${key}`),
    sql`, `,
  );
  const mother = motherKey(content);
  const ofMother = mother === null ? undefined : eq(births.motherKey, mother);
  return tx
    .select({ head: births, facts: birthVersions, persons: personsOfVersion() })
    .from(births)
    .innerJoin(birthVersions, eq(birthVersions.birthId, births.id))
    .where(
      and(
        or(ofMother, sql`${births.likenessKeys} && array[${list}]::integer[]`),
        content.grantedBefore ? gt(births.registeredOn, content.grantedBefore.on) : undefined,
        latestVersion(birthVersions.version, birthVersions.birthId, births.id),
      ),
    )
    .orderBy(desc(births.id))
    .limit(MOST_CANDIDATES);
}

type Row = {
  head: typeof births.$inferSelect;
  facts: typeof birthVersions.$inferSelect;
  persons: BirthPersons;
};

function registeredBirth({ head, facts, persons: { mother, father } }: Row): Registered {
  const { fullName, sex, dateOfBirth } = facts;
  const { id, dossier, birthNotice, birthOrder, multipleOf } = head;
  return {
    ...{ id, dossier, mother, father },
    child: { fullName, sex, dateOfBirth, birthNotice },
    multipleBirth: multipleOf === null ? null : { order: birthOrder, of: multipleOf },
  };
}

function areOneMultipleBirth(a: ComparedBirth, b: ComparedBirth): boolean {
  if (!a.multipleBirth || !b.multipleBirth) return false;
  const isOne = a.multipleBirth.of === b.multipleBirth.of && a.multipleBirth.order !== b.multipleBirth.order;
  return isOne && daysApart(a, b) <= MULTIPLE_BIRTH_DAYS && agree(a.mother, b.mother) !== false;
}

function applies({ parents, child, daysApart: days }: BirthLikenessRule, a: ComparedBirth, b: ComparedBirth): boolean {
  if (daysApart(a, b) > days) return false;
  if (child && !areLikeNames(a.child.fullName, b.child.fullName, child)) return false;
  const mothers = agree(a.mother, b.mother);
  if (parents === "MOTHER") return mothers === true;
  const found = [mothers, agree(a.father, b.father)].filter((each) => each !== null);
  return found.length > 0 && found.every((each) => each);
}

/** True if two parents are the same person; null if one of them is not named. */
function agree(a: RecordedParent | null, b: RecordedParent | null): boolean | null {
  if (!a || !b) return null;
  if (a.personalId && b.personalId) return a.personalId === b.personalId;
  const { name, yearsApart } = PARENT_RULE;
  const years = Math.abs(yearOf(a.dateOfBirth) - yearOf(b.dateOfBirth));
  return years <= yearsApart && areLikeNames(a.fullName, b.fullName, name);
}

/** Days between two births; infinite if only a year is known. */
function daysApart(a: ComparedBirth, b: ComparedBirth): number {
  const [from, to] = [a.child.dateOfBirth, b.child.dateOfBirth];
  if (from.length < 10 || to.length < 10) return Number.POSITIVE_INFINITY;
  return Math.abs(daysBetween(from as LegalDay, to as LegalDay)); // the length shows that both are full dates
}

function facts(here: ComparedBirth, there: ComparedBirth): ComparedFact[] {
  const rows: [string, string, (birth: ComparedBirth) => string | null | undefined][] = [
    ["child.fullName", "Họ, chữ đệm, tên của trẻ", ({ child }) => child.fullName],
    ["child.sex", "Giới tính", ({ child }) => (child.sex === "MALE" ? "Nam" : "Nữ")],
    ["child.dateOfBirth", "Ngày sinh", ({ child }) => child.dateOfBirth],
    ["child.birthNotice", "Số giấy chứng sinh", ({ child }) => child.birthNotice],
    ["child.multipleBirth", "Thứ tự sinh", ({ multipleBirth: m }) => m && `${m.order}/${m.of}`],
    ["mother.fullName", "Họ tên mẹ", ({ mother }) => mother?.fullName],
    ["mother.dateOfBirth", "Ngày, năm sinh của mẹ", ({ mother }) => mother?.dateOfBirth],
    ["mother.personalId", "Số định danh của mẹ", ({ mother }) => mother?.personalId],
    ["father.fullName", "Họ tên cha", ({ father }) => father?.fullName],
    ["father.dateOfBirth", "Ngày, năm sinh của cha", ({ father }) => father?.dateOfBirth],
    ["father.personalId", "Số định danh của cha", ({ father }) => father?.personalId],
  ];
  return rows.map(([field, label, of]) => ({ field, label, here: of(here) ?? null, there: of(there) ?? null }));
}
