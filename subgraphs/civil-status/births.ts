import { and, desc, eq, or, type SQL, sql } from "drizzle-orm";
import { parentNumbers } from "../_shared/parts/content.ts";
import { COMMUNE_LIST, commune } from "../_shared/reference/communes.ts";
import type { LegalDay } from "../_shared/reference/days.ts";
import { asPartial, type PartialDate } from "../_shared/reference/partial-dates.ts";
import type { Tx } from "../_shared/serving/database.ts";
import { comparedBirth, likenessKeys, storedLikenessKeys } from "./birth-likeness-keys.ts";
import type { BirthContent, BirthPersons } from "./contents.ts";
import { motherKey } from "./mother-key.ts";
import { birthNumbers, births, birthVersions } from "./tables.ts";

/** Facts of a registered birth for the comparison with another one. */
export type KnownBirth = {
  birthNotice: string | null;
  motherKey: string;
  dateOfBirth: PartialDate;
  birthOrder: number;
  dossier: string | null;
};

/** Births with the same notice, or of the same mother and day. */
export function birthsLike(tx: Tx, content: BirthContent): Promise<KnownBirth[]> {
  const { child } = content;
  const mother = motherKey(content);
  return tx
    .select({
      birthNotice: births.birthNotice,
      motherKey: births.motherKey,
      dateOfBirth: births.dateOfBirth,
      birthOrder: births.birthOrder,
      dossier: births.dossier,
    })
    .from(births)
    .where(
      or(
        child.birthNotice === null ? sql`false` : eq(births.birthNotice, child.birthNotice),
        mother === null
          ? sql`false`
          : and(eq(births.motherKey, mother), eq(births.dateOfBirth, asPartial(child.dateOfBirth))),
      ),
    );
}

/** Birth to enter. `partId` and `dossier` are those of a dossier, null for a registrar's own act, whose id is the entry's. */
type NewBirth = {
  id: string;
  citizenId: string;
  partId: string | null;
  dossier: string | null;
  office: string;
  content: BirthContent;
  registration?: BirthPersons["registration"];
};
type Entered = { on: LegalDay; author: Pick<typeof birthVersions.$inferInsert, "recordedBy" | "ground"> };

/** Rows of a birth: head and first version. The head's unique constraints refuse a child that is registered already. */
export function newBirth({ content, registration, ...of }: NewBirth, birthOrder: number, { on, author }: Entered) {
  const { child, mother, father, declarant } = content;
  const { facilityName } = child.placeOfBirth;
  const head = {
    ...of,
    registeredOn: on,
    birthNotice: child.birthNotice,
    // a child without a known parent is identified by its part or act
    motherKey: motherKey(content) ?? `none|${of.partId ?? of.id}`,
    dateOfBirth: asPartial(child.dateOfBirth),
    birthOrder,
    multipleOf: child.multipleBirth?.of ?? null,
    likenessKeys: storedLikenessKeys(likenessKeys(comparedBirth(content))),
    officeProvince: commune(of.office)?.province ?? null,
    guardians: parentNumbers(content),
  };
  const version = {
    birthId: of.id,
    validFrom: on,
    ...author,
    fullName: child.fullName,
    sex: child.sex,
    dateOfBirth: asPartial(child.dateOfBirth),
    ethnicity: child.ethnicity,
    nationality: child.nationality,
    communeList: COMMUNE_LIST,
    birthCommune: child.placeOfBirth.commune,
    birthCountry: child.placeOfBirth.country,
    homeCommune: child.homeCommune,
    persons: {
      ...{ mother, father, declarant, withoutNotice: child.withoutNotice, ...(facilityName && { facilityName }) },
      ...(registration && { registration }),
    },
  };
  return { head, version };
}

/**
 * Gives a birth the next number n/yyyy of its commune and year. Without gaps, since a registration that fails gives its
 * number back; so registrations of one commune wait here for one another until they commit.
 */
export async function takeNumber(tx: Tx, birthId: string, office: string, year: number): Promise<string> {
  const query = sql`
    with next as (
      insert into birth_counters as c (commune_list, commune, year, last) values (${COMMUNE_LIST}, ${office}, ${year}, 1)
      on conflict (commune_list, commune, year) do update set last = c.last + 1
      returning c.last)
    insert into ${birthNumbers} (commune_list, commune, year, number, birth_id)
    select ${COMMUNE_LIST}, ${office}, ${year}, next.last, ${birthId} from next returning number`;
  const [taken] = await tx.execute<{ number: number }>(query).execute();
  if (!taken) throw new Error("A counter always gives a number");
  return `${taken.number}/${year}`;
}

/** Persons of a version of a birth: its own, or those of the latest version before it that has some. */
export function personsOfVersion(): SQL<BirthPersons> {
  return sql`(select p.persons from ${birthVersions} p
    where p.birth_id = ${birthVersions.birthId} and p.version <= ${birthVersions.version} and p.persons is not null
    order by p.version desc limit 1)`.mapWith(birthVersions.persons);
}

export type CurrentBirth = { birth: typeof births.$inferSelect; version: typeof birthVersions.$inferSelect };

/** Version in force of a child's birth, with the head; undefined if no birth of this citizen is registered here. */
export async function currentBirth(tx: Tx, citizenId: string): Promise<CurrentBirth | undefined> {
  const [found] = await tx
    .select({ birth: births, version: birthVersions })
    .from(births)
    .innerJoin(birthVersions, eq(birthVersions.birthId, births.id))
    .where(eq(births.citizenId, citizenId))
    .orderBy(desc(birthVersions.version))
    .limit(1);
  return found;
}
