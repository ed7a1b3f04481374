import DataLoader from "dataloader";
import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { isUuid } from "../../_shared/reference/uuid.ts";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import type { Context } from "../../_shared/serving/context.ts";
import { bookNumbers } from "../books/tables.ts";
import { personOf } from "../persons/read-person.ts";
import { visibleConfirmations } from "../rights.ts";
import { maritalConfirmations } from "./tables.ts";
import type { MaritalStatusConfirmation } from "./types.ts";

/** True if a marriage of the person began or ended after the confirmation: ids of acts are in the order of time. */
export const statusChanged = sql<boolean>`exists (
  select from marriages m left join marriage_ends e on e.marriage_id = m.id
   where (m.husband_key = ${maritalConfirmations.personKey} or m.wife_key = ${maritalConfirmations.personKey})
     and greatest(m.id, e.act_id) > ${maritalConfirmations.id})`;

type Row = {
  row: typeof maritalConfirmations.$inferSelect;
  statusChanged: boolean;
  number: number;
  year: number;
};

export function confirmationLoaders({ db, caller, now }: Pick<Context, "db" | "caller" | "now">) {
  const confirmationsWhere = (which: SQL): Promise<Row[]> =>
    db
      .select({ row: maritalConfirmations, statusChanged, number: bookNumbers.number, year: bookNumbers.year })
      .from(maritalConfirmations)
      .innerJoin(bookNumbers, eq(bookNumbers.actId, maritalConfirmations.id))
      .where(and(which, visibleConfirmations(caller)))
      .orderBy(asc(maritalConfirmations.id));
  const today = legalDayOf(now);
  return {
    /** Confirmations by their id, of those the caller may see. */
    confirmationById: new DataLoader<string, MaritalStatusConfirmation | null>(async (ids) => {
      const rows = await confirmationsWhere(inArray(maritalConfirmations.id, ids.filter(isUuid)));
      const found = rows.map((row) => confirmationOf(row, today));
      return ids.map((id) => found.find((each) => each.id === id.toLowerCase()) ?? null);
    }),

    /** Confirmations by the personal number, the oldest first, of those the caller may see. */
    confirmationsByPersonalId: new DataLoader<string, MaritalStatusConfirmation[]>(async (numbers) => {
      const rows = await confirmationsWhere(inArray(maritalConfirmations.personKey, [...numbers]));
      return numbers.map((wanted) =>
        rows.filter(({ row }) => row.personKey === wanted).map((row) => confirmationOf(row, today)),
      );
    }),
  };
}

function confirmationOf(
  { row: { details, office, ...row }, number, year, statusChanged: changed }: Row,
  today: LegalDay,
): MaritalStatusConfirmation {
  return {
    ...{ ...row, number: `${number}/${year}`, isValid: row.validTo >= today && !changed },
    ...{ office: office === null ? null : communeOf(office), person: personOf(details.person) },
    ...{ period: details.period, purpose: details.purpose },
  };
}
