-- These indexes grow at their end alone, by ids that grow with time: their pages need no room for later entries.
ALTER INDEX "persons_pkey" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "person_versions_person_id_version_pk" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "residencies_pkey" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "residencies_person_id_unique" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "residency_versions_residency_id_version_pk" SET (fillfactor = 100);--> statement-breakpoint
ALTER INDEX "received_parts_pkey" SET (fillfactor = 100);
