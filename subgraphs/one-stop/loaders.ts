import DataLoader from "dataloader";
import { asc, inArray } from "drizzle-orm";
import type { Context } from "../_shared/serving/context.ts";
import { workLoaders } from "./casework/loaders.ts";
import type { DossierDefinition } from "./definitions/definition.ts";
import type { DeskKeeper } from "./desk.ts";
import { citizensDossierLoaders } from "./dossiers/citizens-dossiers.ts";
import type { DossierRow, StepRow } from "./dossiers/types.ts";
import { draftLoaders } from "./drafts/loaders.ts";
import { feedbackLoaders } from "./feedback/loaders.ts";
import { messageLoaders } from "./messages/loaders.ts";
import { paymentLoaders } from "./payments/loaders.ts";
import { queueLoaders } from "./queue/loaders.ts";
import { refilingLoaders } from "./refiling/loaders.ts";
import { reminderLoaders } from "./reminders/loaders.ts";
import { visibleCodes } from "./rights.ts";
import { dossiers, requests, steps } from "./tables.ts";

export type OneStopLoaders = ReturnType<typeof oneStopLoaders>;
export type OneStopContext = Context<OneStopLoaders>;

export function oneStopLoaders(source: Pick<Context, "db" | "caller" | "now">, keeper: DeskKeeper) {
  const { db, caller } = source;
  return {
    /** The agencies, the worker and the configuration of this process. */
    desk: () => keeper.desk(),
    /** The same as soon as they are open, for a stream that is continued while the process begins. */
    openedDesk: () => keeper.opened(),
    /** All steps of a dossier in their order, parts or not. */
    stepsByDossier: new DataLoader<string, StepRow[]>(async (ids) => {
      const rows = await db
        .select()
        .from(steps)
        .where(inArray(steps.dossierId, [...ids]))
        .orderBy(asc(steps.ordinal));
      return ids.map((id) => rows.filter((row) => row.dossierId === id));
    }),
    /** Dossiers of parts, for the facts of a part's due date: a caller who may see the part may know these. */
    dossierById: new DataLoader<string, DossierRow>(async (ids) => {
      const rows = await db
        .select()
        .from(dossiers)
        .where(inArray(dossiers.id, [...ids]));
      return ids.map((id) => rows.find((row) => row.id === id) ?? new Error(`Dossier ${id} of a part is missing`));
    }),
    /** True for the codes of dossiers that the caller may see. The leader of a part's office may see the part alone. */
    visibleByCode: new DataLoader<string, boolean>(async (codes) => {
      const visible = await visibleCodes(db, caller, [...codes]);
      return codes.map((code) => visible.has(code));
    }),
    /** Requests of dossiers, as their kinds have parsed them; see `commonFacts`. */
    requestByDossier: new DataLoader<string, object>(async (ids) => {
      const rows = await db
        .select()
        .from(requests)
        .where(inArray(requests.dossierId, [...ids]));
      return ids.map(
        (id) => rows.find((row) => row.dossierId === id)?.request ?? new Error(`Dossier ${id} has no request`),
      );
    }),
    ...citizensDossierLoaders({ db, caller }),
    ...draftLoaders(db),
    ...feedbackLoaders(db),
    ...messageLoaders(db),
    ...paymentLoaders(db),
    ...queueLoaders(db),
    ...refilingLoaders(db),
    ...reminderLoaders(source),
    ...workLoaders(db),
    /** Definitions that dossiers pin. */
    definitionByDossier: new DataLoader<string, DossierDefinition>(async (ids) => {
      const { id, definitionId, definitionVersion } = dossiers;
      const rows = await db
        .select({ id, definitionId, definitionVersion })
        .from(dossiers)
        .where(inArray(id, [...ids]));
      const { kinds } = keeper.desk();
      return ids.map((wanted) => {
        const row = rows.find((each) => each.id === wanted);
        if (!row) return new Error(`Dossier ${wanted} of a part is missing`);
        return kinds.pinned(row.definitionId, row.definitionVersion).definition;
      });
    }),
  };
}
