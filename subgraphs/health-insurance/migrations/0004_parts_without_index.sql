-- An entry has the primary key of the part that made it in received_parts: a second unique index is not read by any query.
ALTER TABLE "cards" DROP CONSTRAINT "cards_part_id_unique";