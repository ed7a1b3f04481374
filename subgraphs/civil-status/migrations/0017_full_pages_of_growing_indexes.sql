-- These indexes grow at their end alone, by ids that grow with time: their pages need no room for later entries.
ALTER INDEX "births_pkey" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "births_citizen" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "birth_versions_pk" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "citizen_numbers_pkey" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "received_parts_pkey" SET (fillfactor = 100);
