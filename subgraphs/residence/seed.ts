import { getTableColumns, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { uuidv7 } from "uuidv7";
import { families, SEEDED_COMMUNES } from "../_shared/demo/population.ts";
import { COMMUNE_LIST } from "../_shared/reference/communes.ts";
import type { LegalDay } from "../_shared/reference/days.ts";
import type { PartialDate } from "../_shared/reference/partial-dates.ts";
import type { Relation } from "../_shared/reference/relations.ts";
import type { Tx } from "../_shared/serving/database.ts";
import { households, householdVersions, persons, personVersions, residencies, residencyVersions } from "./tables.ts";

type Family = ReturnType<typeof families>[number];

/** The day the Law on Residence 68/2020 came into force: when the seeded households were entered. */
const ENTERED_ON = "2021-07-01" as LegalDay;
const entered = { validFrom: ENTERED_ON, recordedBy: "seed", ground: "seed" };

/** The synthetic population with its households, entered once. */
export async function seedResidence(tx: Tx): Promise<void> {
  const [present] = await tx.select({ id: households.id }).from(households).limit(1);
  if (present) return; // a database of before seeds were recorded
  const all = SEEDED_COMMUNES.flatMap((commune) => families(commune));
  const couples = all.flatMap(({ mother, father }) => [mother, father]);
  const members = all.flatMap(membersOf);
  await enterMany(tx, persons, couples);
  await enterMany(
    tx,
    personVersions,
    couples.map(({ id, dateOfBirth, ...facts }) => ({
      ...entered,
      ...facts,
      personId: id,
      dateOfBirth: dateOfBirth as PartialDate,
    })),
  );
  await enterMany(
    tx,
    households,
    all.map(({ household }) => household),
  );
  await enterMany(
    tx,
    householdVersions,
    all.map(({ household, ...couple }) => ({
      ...entered,
      householdId: household.id,
      headPersonId: couple[household.head].id,
      addressLine: household.addressLine,
      communeList: COMMUNE_LIST,
      communeCode: household.commune,
    })),
  );
  await enterMany(tx, residencies, members);
  await enterMany(
    tx,
    residencyVersions,
    members.map(({ id, ...facts }) => ({
      ...entered,
      ...facts,
      residencyId: id,
      kind: "PERMANENT" as const,
      registeredOn: ENTERED_ON,
    })),
  );
}

/** Many rows as one statement with one parameter: measured several times as fast as `values`. Columns not given get their defaults. */
async function enterMany<T extends PgTable>(tx: Tx, table: T, rows: T["$inferInsert"][]): Promise<void> {
  const given = Object.entries(getTableColumns(table)).filter(([key]) => key in (rows[0] ?? {}));
  const names = sql.join(
    given.map(([, { name }]) => sql.identifier(name)),
    sql`, `,
  );
  const records = rows.map((row) =>
    Object.fromEntries(given.map(([key, { name }]) => [name, (row as Record<string, unknown>)[key]])),
  );
  await tx.execute(sql`
    insert into ${table} (${names})
    select ${names} from jsonb_populate_recordset(null::${table}, ${JSON.stringify(records)}::text::jsonb)`);
}

function membersOf({ mother, father, household, marriageYear }: Family) {
  const other: Relation = marriageYear === undefined ? "OTHER" : household.head === "father" ? "WIFE" : "HUSBAND";
  const member = (who: "mother" | "father", personId: string) => ({
    id: uuidv7(),
    personId,
    householdId: household.id,
    relationToHead: household.head === who ? ("HEAD" as const) : other,
  });
  return [member("mother", mother.id), member("father", father.id)];
}
