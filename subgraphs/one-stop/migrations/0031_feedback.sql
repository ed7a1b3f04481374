CREATE TABLE "feedback" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dossier_id" uuid,
	"giver" text,
	"channel" text NOT NULL,
	"office" text NOT NULL,
	"field" text,
	"rating" integer,
	"complaint" text,
	"given_at" timestamp with time zone NOT NULL,
	"recorded_by" text,
	"idempotency_key" text,
	"body_hash" text,
	"answer_by" timestamp with time zone,
	"deadline_at" timestamp with time zone,
	"reminded_at" timestamp with time zone,
	"overdue_at" timestamp with time zone,
	"answer" text,
	"answered_at" timestamp with time zone,
	"answered_by" text,
	"answered_name" text,
	"answered_key" text,
	CONSTRAINT "feedback_once" UNIQUE("dossier_id","giver"),
	CONSTRAINT "feedback_rating" CHECK ("feedback"."rating" between 1 and 5),
	CONSTRAINT "feedback_content" CHECK ("feedback"."rating" is not null or "feedback"."complaint" is not null),
	CONSTRAINT "feedback_term" CHECK (("feedback"."complaint" is null) = ("feedback"."answer_by" is null)),
	CONSTRAINT "feedback_giver" CHECK (("feedback"."channel" = 'HOTLINE') = ("feedback"."giver" is null)),
	CONSTRAINT "feedback_of_dossier" CHECK ("feedback"."channel" = 'HOTLINE' or "feedback"."dossier_id" is not null),
	CONSTRAINT "feedback_answered" CHECK (("feedback"."answered_at" is null) = ("feedback"."answer" is null))
);
--> statement-breakpoint
CREATE TABLE "feedback_officers" (
	"feedback_id" uuid NOT NULL,
	"officer" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "feedback_officers_feedback_id_officer_pk" PRIMARY KEY("feedback_id","officer")
);
--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_officers" ADD CONSTRAINT "feedback_officers_feedback_id_feedback_id_fk" FOREIGN KEY ("feedback_id") REFERENCES "public"."feedback"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "feedback_key" ON "feedback" USING btree ("recorded_by","idempotency_key") WHERE "feedback"."recorded_by" is not null;--> statement-breakpoint
CREATE INDEX "feedback_of_office" ON "feedback" USING btree ("office","given_at","id");--> statement-breakpoint
CREATE INDEX "feedback_unanswered" ON "feedback" USING btree ("office","given_at","id") WHERE "feedback"."complaint" is not null and "feedback"."answered_at" is null;--> statement-breakpoint
CREATE INDEX "feedback_deadline" ON "feedback" USING btree ("deadline_at") WHERE "feedback"."deadline_at" is not null;--> statement-breakpoint
CREATE INDEX "feedback_officers_officer" ON "feedback_officers" USING btree ("officer","feedback_id");