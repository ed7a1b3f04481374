import { and, desc, eq } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import type { ReturnInput } from "../casework/input.ts";
import { acts } from "../casework/tables.ts";

/** The handover of a dossier's results; null before it. */
export async function handedOver(db: Database, dossierId: string) {
  const [act] = await db
    .select()
    .from(acts)
    .where(and(eq(acts.dossierId, dossierId), eq(acts.kind, "RETURN")))
    .orderBy(desc(acts.id))
    .limit(1);
  if (!act) return null;
  const { input } = act.details as { input: ReturnInput }; // written by returnResults alone
  return { at: act.at, method: input.method, receivedBy: input.receivedBy?.fullName ?? null };
}
