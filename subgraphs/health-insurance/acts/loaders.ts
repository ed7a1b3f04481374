import DataLoader from "dataloader";
import { inArray } from "drizzle-orm";
import type { Context } from "../../_shared/serving/context.ts";
import { enrolmentEmployers } from "../participants/tables.ts";
import { cardVersions } from "../tables.ts";

type Employer = Pick<typeof enrolmentEmployers.$inferSelect, "code" | "name">;

export function actLoaders({ db }: Pick<Context, "db">) {
  return {
    /** Ids of the cards that each act changed. */
    cardIdsByAct: new DataLoader<string, string[]>(async (ids) => {
      const { actId, cardId } = cardVersions;
      const rows = await db
        .selectDistinct({ actId, cardId })
        .from(cardVersions)
        .where(inArray(actId, [...ids]))
        .orderBy(cardId);
      return ids.map((id) => rows.filter((row) => row.actId === id).map((row) => row.cardId));
    }),
    /** Employer whose participants each act enrolled; null for another act. */
    employerByAct: new DataLoader<string, Employer | null>(async (ids) => {
      const rows = await db
        .select()
        .from(enrolmentEmployers)
        .where(inArray(enrolmentEmployers.actId, [...ids]));
      return ids.map((id) => rows.find(({ actId }) => actId === id) ?? null);
    }),
  };
}
