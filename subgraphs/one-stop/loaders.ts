import DataLoader from "dataloader";
import { asc, inArray } from "drizzle-orm";
import type { Context } from "../_shared/serving/context.ts";
import type { Application, FilledBy } from "./acceptance/application.ts";
import type { DossierDefinition } from "./definitions/definition.ts";
import type { DeskKeeper } from "./desk.ts";
import type { DossierRow, StepRow } from "./dossiers/types.ts";
import { draftCertificateLoaders } from "./draft-certificates/loaders.ts";
import { draftLoaders } from "./drafts/loaders.ts";
import { messageLoaders } from "./messages/loaders.ts";
import { paymentLoaders } from "./payments/loaders.ts";
import { queueLoaders } from "./queue/loaders.ts";
import { refilingLoaders } from "./refiling/loaders.ts";
import type { LookedUpPaper } from "./single-procedures/required-papers.ts";
import { dossiers, requests, steps } from "./tables.ts";

export type OneStopLoaders = ReturnType<typeof oneStopLoaders>;
/** Choices of the applicant; `capacity` is absent in requests of earlier releases. */
type Choices = {
  filledBy: (Omit<FilledBy, "capacity"> & Partial<FilledBy>) | null;
  handover: Application["handover"];
};
type RequestWithPapers = { lookedUpPapers?: readonly LookedUpPaper[] | null };
type RequestWithChoices = Partial<Choices> & { birth?: Partial<Choices> };
export type OneStopContext = Context<OneStopLoaders>;

export function oneStopLoaders({ db }: Pick<Context, "db">, keeper: DeskKeeper) {
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
    /** Dossiers of parts, for the facts of a part's due date: a caller who may see the part may see them. */
    dossierById: new DataLoader<string, DossierRow>(async (ids) => {
      const rows = await db
        .select()
        .from(dossiers)
        .where(inArray(dossiers.id, [...ids]));
      return ids.map((id) => rows.find((row) => row.id === id) ?? new Error(`Dossier ${id} of a part is missing`));
    }),
    /** Papers that were looked up for a dossier before it was accepted. */
    lookedUpPapersByDossier: new DataLoader<string, readonly LookedUpPaper[]>(async (ids) => {
      const rows = await db
        .select()
        .from(requests)
        .where(inArray(requests.dossierId, [...ids]));
      const papersOf = (request: RequestWithPapers | undefined) => request?.lookedUpPapers ?? [];
      return ids.map((id) => papersOf(rows.find((row) => row.dossierId === id)?.request));
    }),
    ...draftLoaders(db),
    ...draftCertificateLoaders(db),
    ...messageLoaders(db),
    ...paymentLoaders(db),
    ...queueLoaders(db),
    ...refilingLoaders(db),
    /** Who filled the form in, and how the results are to be handed over; a refiled branch keeps the request of its bundle. */
    choicesByDossier: new DataLoader<string, Choices>(async (ids) => {
      const rows = await db
        .select()
        .from(requests)
        .where(inArray(requests.dossierId, [...ids]));
      return ids.map((wanted) => {
        const row = rows.find(({ dossierId }) => dossierId === wanted);
        return (row && choicesOf(row.request)) ?? new Error(`Dossier ${wanted} has no request with a handover`);
      });
    }),
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

function choicesOf({ filledBy, handover, birth }: RequestWithChoices): Choices | undefined {
  const chosen = handover ?? birth?.handover;
  return chosen && { filledBy: filledBy ?? birth?.filledBy ?? null, handover: chosen };
}
