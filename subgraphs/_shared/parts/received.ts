import { asc, gt } from "drizzle-orm";
import type { Tx } from "../serving/database.ts";
import { badUserInput } from "../serving/errors.ts";
import { requirePartId } from "./part-id.ts";
import { receivedParts } from "./tables.ts";

type Row = typeof receivedParts.$inferSelect;
/** A part the agency knows, as far as the desk needs it to see whether it knows the part, too. */
export type ReceivedPart = Pick<Row, "procedure" | "dossier" | "state"> & { id: Row["partId"] };

const LONGEST_PAGE = 1_000;

/**
 * Parts that reached the agency, in the order of their ids, from the one after `after`; tombstones have no dossier.
 * @throws BAD_USER_INPUT for a page of none or of more than a thousand, and for an id that is none
 */
export function partsReceivedAfter(tx: Tx, after: string | null, first: number): Promise<ReceivedPart[]> {
  if (first < 1 || first > LONGEST_PAGE) throw badUserInput(`first lies between 1 and ${LONGEST_PAGE}`, "first");
  if (after !== null) requirePartId(after, "after");
  const { partId: id, procedure, dossier, state } = receivedParts;
  return tx
    .select({ id, procedure, dossier, state })
    .from(receivedParts)
    .where(after === null ? undefined : gt(id, after))
    .orderBy(asc(id))
    .limit(first);
}
