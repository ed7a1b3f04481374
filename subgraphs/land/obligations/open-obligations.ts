import { and, asc, eq, gt, inArray, isNull } from "drizzle-orm";
import type { Tx } from "../../_shared/serving/database.ts";
import { acts } from "../acts/tables.ts";
import { actParcels } from "../tables.ts";
import { obligationSettlements, obligations } from "./tables.ts";

const columns = {
  id: obligations.id,
  parcelId: obligations.parcelId,
  debtor: obligations.debtor,
  kind: obligations.kind,
  amount: obligations.amount,
  dueOn: obligations.dueOn,
  notice: acts.ground,
};

/** Obligations of a parcel that are not settled, the oldest first. */
export function openObligations(tx: Tx, parcel: string) {
  return tx
    .select(columns)
    .from(obligations)
    .innerJoin(acts, eq(acts.id, obligations.id))
    .leftJoin(obligationSettlements, eq(obligationSettlements.obligationId, obligations.id))
    .where(and(eq(obligations.parcelId, parcel), isNull(obligationSettlements.obligationId)))
    .orderBy(asc(obligations.id));
}

/** True if the register has all of these obligations, settled or not. */
export async function areEntered(tx: Tx, ids: readonly string[]): Promise<boolean> {
  const entered = await tx
    .select({ id: obligations.id })
    .from(obligations)
    .where(inArray(obligations.id, [...ids]));
  return entered.length === new Set(ids).size;
}

/** True if an obligation of the parcel, settled or not, was entered after the dossier changed its holders. */
export async function isAssessedSince(tx: Tx, parcel: string, dossier: string): Promise<boolean> {
  const [registration] = await tx
    .select({ id: acts.id })
    .from(actParcels)
    .innerJoin(acts, eq(acts.id, actParcels.actId))
    .where(
      and(
        eq(actParcels.parcelId, parcel),
        eq(acts.ground, dossier),
        inArray(acts.kind, ["TRANSFER", "GIFT", "INHERITANCE"]),
      ),
    );
  if (!registration) return false;
  const [entered] = await tx
    .select({ id: obligations.id })
    .from(obligations)
    .where(and(eq(obligations.parcelId, parcel), gt(obligations.id, registration.id)))
    .limit(1);
  return entered !== undefined;
}
