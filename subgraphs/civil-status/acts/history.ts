import { eq } from "drizzle-orm";
import { pageOfActs } from "../../_shared/registers/acts-page.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { actEntries, acts } from "./tables.ts";
import type { CivilStatusActConnection } from "./types.ts";

/** A page of the acts that concern an entry, the newest first. */
export function actsOfEntry(
  { db }: CivilStatusContext,
  entry: string,
  first: number,
  after: string | null,
): Promise<CivilStatusActConnection> {
  return pageOfActs({ db, acts, links: actEntries }, eq(actEntries.entryId, entry), first, after);
}
