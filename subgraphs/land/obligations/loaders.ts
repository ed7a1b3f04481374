import DataLoader from "dataloader";
import { and, asc, eq, inArray } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Context } from "../../_shared/serving/context.ts";
import { acts } from "../acts/tables.ts";
import { visibleDebtors } from "../rights.ts";
import { obligationSettlements, obligations } from "./tables.ts";
import type { LandObligation } from "./types.ts";

const settling = alias(acts, "settling");

export function obligationLoaders({ db, caller }: Pick<Context, "db" | "caller">) {
  return {
    /** Obligations by parcel, the oldest first, of those the caller may see. */
    obligationsByParcel: new DataLoader<string, (LandObligation & { debtor: string })[]>(async (codes) => {
      const rows = await db
        .select({
          parcelId: obligations.parcelId,
          debtor: obligations.debtor,
          id: obligations.id,
          kind: obligations.kind,
          amountVnd: obligations.amount,
          dueOn: obligations.dueOn,
          notice: acts.ground,
          outcome: obligationSettlements.outcome,
          settledOn: settling.effectiveOn,
          settlement: settling.ground,
        })
        .from(obligations)
        .innerJoin(acts, eq(acts.id, obligations.id))
        .leftJoin(obligationSettlements, eq(obligationSettlements.obligationId, obligations.id))
        .leftJoin(settling, eq(settling.id, obligationSettlements.actId))
        .where(and(inArray(obligations.parcelId, [...codes]), visibleDebtors(caller)))
        .orderBy(asc(obligations.id));
      return codes.map((code) => rows.filter((row) => row.parcelId === code));
    }),
  };
}
