-- These indexes grow at their end alone, by ids that grow with time: their pages need no room for later entries.
ALTER INDEX "steps_pkey" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "steps_of_dossier" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "dossiers_pkey" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "requests_pkey" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "history_of_dossier" SET (fillfactor = 100);
