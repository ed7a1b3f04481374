import { uuidv7 } from "uuidv7";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import type { Caller } from "../../_shared/identity/caller.ts";
import type { Part } from "../../_shared/parts/procedure.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { bodyHash } from "../../_shared/serving/idempotency.ts";
import type { ActKind } from "../acts/act-kinds.ts";
import type { Act, Performed } from "../acts/perform-act.ts";
import { acts } from "../acts/tables.ts";
import { actParcels } from "../tables.ts";

type PartsAct = {
  kind: ActKind;
  on: LegalDay;
  by: Caller;
  /** Document beside the dossier, such as a receipt. */
  document?: string;
  /** Entry that the act is about, where a part has several acts. */
  subject?: string;
};

/** Performs the act of a granted part, with its dossier as the ground. A part performs each act once. */
export async function performForPart(
  tx: Tx,
  { id: partId, dossier, content }: Part<unknown>,
  { kind, on, by, document, subject }: PartsAct,
  perform: (act: Act) => Promise<NonNullable<Performed>>,
): Promise<void> {
  const ground = document ? `${dossier}, ${document}` : dossier;
  const act: Act = { id: uuidv7(), on, by: by.subject, ground };
  await tx.insert(acts).values({
    ...{ id: act.id, kind, owner: act.by, role: by.role, effectiveOn: on, ground },
    ...{ idempotencyKey: subject ? `${partId}:${subject}` : partId, bodyHash: bodyHash({ kind, content }) },
  });
  const { parcels, citizens, changed } = await perform(act);
  await insertMany(
    tx,
    actParcels,
    parcels.map((parcelId) => ({ actId: act.id, parcelId })),
  );
  await recordChange(tx, by, [...new Set(citizens)], changed);
}
