import DataLoader from "dataloader";
import { inArray } from "drizzle-orm";
import type { Context } from "../../_shared/serving/context.ts";
import { actBusinesses } from "../tables.ts";

export function actLoaders({ db }: Pick<Context, "db">) {
  return {
    /** Id of the business that each act concerns. */
    businessIdByAct: new DataLoader<string, string | null>(async (ids) => {
      const rows = await db
        .select()
        .from(actBusinesses)
        .where(inArray(actBusinesses.actId, [...ids]));
      const byAct = new Map(rows.map(({ actId, businessId }) => [actId, businessId]));
      return ids.map((id) => byAct.get(id) ?? null);
    }),
  };
}
