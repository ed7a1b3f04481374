import { uuidv7 } from "uuidv7";
import type { Caller } from "../../_shared/identity/caller.ts";
import type { Part } from "../../_shared/parts/procedure.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { bodyHash } from "../../_shared/serving/idempotency.ts";
import type { ActKind } from "../acts/act-kinds.ts";
import type { Act } from "../acts/perform-act.ts";
import { acts } from "../acts/tables.ts";
import { actBusinesses } from "../tables.ts";

/** Enters the act of a granted part on a business whose row is there already. The dossier is the ground, the part's id the key. */
export async function enterActForPart(
  tx: Tx,
  { id: partId, dossier, content }: Part<unknown>,
  { kind, businessId }: { kind: ActKind; businessId: string },
  by: Caller,
  on: LegalDay,
): Promise<Act> {
  const act = { id: uuidv7(), on, by: by.subject, ground: dossier };
  await tx.insert(acts).values({
    ...{ id: act.id, kind, owner: act.by, role: by.role, idempotencyKey: partId },
    ...{ bodyHash: bodyHash({ kind, content }), effectiveOn: act.on, ground: act.ground },
  });
  await tx.insert(actBusinesses).values({ actId: act.id, businessId });
  return act;
}
