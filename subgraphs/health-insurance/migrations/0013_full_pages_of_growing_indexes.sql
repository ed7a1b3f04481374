-- These indexes grow at their end alone, by ids that grow with time: their pages need no room for later entries.
ALTER INDEX "cards_pkey" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "card_versions_card_id_version_pk" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "card_terms_pk" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "received_parts_pkey" SET (fillfactor = 100);
