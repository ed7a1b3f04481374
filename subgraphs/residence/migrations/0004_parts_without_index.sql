-- An entry has the primary key of the part that made it in received_parts: a second unique index is not read by any query.
ALTER TABLE "persons" DROP CONSTRAINT "persons_part_id_unique";--> statement-breakpoint
ALTER TABLE "residencies" DROP CONSTRAINT "residencies_part_id_unique";