import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant } from "../instant-column.ts";
import { dossiers } from "../tables.ts";

/** Ways by which feedback comes: the receipt without an account, a citizen's account, a call that the desk notes. */
export type FeedbackChannel = "RECEIPT" | "ACCOUNT" | "HOTLINE";

/** Giver of feedback for the declarant's side, whether by the receipt or by the declarant's account. */
export const DECLARANT = "DECLARANT";

/** Feedback of citizens (đánh giá; phản ánh, kiến nghị): a rating, a complaint, or both. Times are business times. */
export const feedback = pgTable(
  "feedback",
  {
    id: uuid("id").primaryKey(),
    /** Null for a call about no dossier. */
    dossierId: uuid("dossier_id").references(() => dossiers.id),
    /** `DECLARANT`, or the personal number of another party of the dossier; null for a call, whose giver is not recorded. */
    giver: text("giver"),
    channel: text("channel").$type<FeedbackChannel>().notNull(),
    /** Office that it concerns and that answers it. */
    office: text("office").notNull(),
    /** Field of the dossier's procedure (lĩnh vực), as the catalogue names it. */
    procedureField: text("field"),
    /** 1 to 5, the best. */
    rating: integer("rating"),
    complaint: text("complaint"),
    givenAt: instant("given_at").notNull(),
    /** Officer who noted a call, and the key of that request. */
    recordedBy: text("recorded_by"),
    idempotencyKey: text("idempotency_key"),
    bodyHash: text("body_hash"),
    /** End of the term to answer a complaint. */
    answerBy: instant("answer_by"),
    /** Time at which the desk looks at an unanswered complaint next: for the reminder, then for the mark of lateness. */
    deadlineAt: instant("deadline_at"),
    remindedAt: instant("reminded_at"),
    overdueAt: instant("overdue_at"),
    answer: text("answer"),
    answeredAt: instant("answered_at"),
    answererId: text("answered_by"),
    answeredName: text("answered_name"),
    answeredKey: text("answered_key"),
  },
  (t) => [
    unique("feedback_once").on(t.dossierId, t.giver),
    uniqueIndex("feedback_key").on(t.recordedBy, t.idempotencyKey).where(sql`${t.recordedBy} is not null`),
    check("feedback_rating", sql`${t.rating} between 1 and 5`),
    check("feedback_content", sql`${t.rating} is not null or ${t.complaint} is not null`),
    check("feedback_term", sql`(${t.complaint} is null) = (${t.answerBy} is null)`),
    check("feedback_giver", sql`(${t.channel} = 'HOTLINE') = (${t.giver} is null)`),
    check("feedback_of_dossier", sql`${t.channel} = 'HOTLINE' or ${t.dossierId} is not null`),
    check("feedback_answered", sql`(${t.answeredAt} is null) = (${t.answer} is null)`),
    index("feedback_of_office").on(t.office, t.givenAt, t.id),
    index("feedback_unanswered")
      .on(t.office, t.givenAt, t.id)
      .where(sql`${t.complaint} is not null and ${t.answeredAt} is null`),
    index("feedback_deadline").on(t.deadlineAt).where(sql`${t.deadlineAt} is not null`),
  ],
);

/** Officers who had received the dossier, or decided a part of it, when feedback was given. */
export const feedbackOfficers = pgTable(
  "feedback_officers",
  {
    feedbackId: uuid("feedback_id")
      .notNull()
      .references(() => feedback.id),
    officer: text("officer").notNull(),
    name: text("name").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.feedbackId, t.officer] }),
    index("feedback_officers_officer").on(t.officer, t.feedbackId),
  ],
);
