import { uuidv7 } from "uuidv7";
import type { Caller } from "../../_shared/identity/caller.ts";
import type { Part } from "../../_shared/parts/procedure.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { bodyHash } from "../../_shared/serving/idempotency.ts";
import type { ActKind } from "./act-kinds.ts";
import type { Act } from "./perform-act.ts";
import { acts } from "./tables.ts";

/** Enters the act by which a part of a dossier is granted: its key is the part's id, its ground the dossier, its books those of the office. */
export async function enterPartAct(
  tx: Tx,
  kind: ActKind,
  { id: partId, dossier, office, content }: Part<unknown>,
  by: Caller,
  on: LegalDay,
): Promise<Act> {
  const act = { id: uuidv7(), on, by: by.subject, ground: dossier, office };
  await tx.insert(acts).values({
    ...{ id: act.id, kind, owner: act.by, role: by.role, effectiveOn: act.on, ground: dossier },
    ...{ idempotencyKey: partId, bodyHash: bodyHash(content) },
  });
  return act;
}
