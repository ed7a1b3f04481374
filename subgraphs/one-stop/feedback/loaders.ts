import DataLoader from "dataloader";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import { DECLARANT, feedback, feedbackOfficers } from "./tables.ts";
import type { FeedbackRow } from "./types.ts";

export function feedbackLoaders(db: Database) {
  return {
    /** Feedback that the declarants of dossiers have given; null for a dossier without any. */
    declarantFeedback: new DataLoader<string, FeedbackRow | null>(async (dossierIds) => {
      const rows = await db
        .select()
        .from(feedback)
        .where(and(inArray(feedback.dossierId, [...dossierIds]), eq(feedback.giver, DECLARANT)));
      return dossierIds.map((id) => rows.find(({ dossierId }) => dossierId === id) ?? null);
    }),
    /** Officers whom feedback concerns, by name. */
    officersByFeedback: new DataLoader<string, { id: string; name: string }[]>(async (ids) => {
      const rows = await db
        .select()
        .from(feedbackOfficers)
        .where(inArray(feedbackOfficers.feedbackId, [...ids]))
        .orderBy(asc(feedbackOfficers.name));
      return ids.map((wanted) =>
        rows.filter(({ feedbackId }) => feedbackId === wanted).map(({ officer, name }) => ({ id: officer, name })),
      );
    }),
  };
}
