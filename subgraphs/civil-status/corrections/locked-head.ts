import { eq } from "drizzle-orm";
import { isUuid } from "../../_shared/reference/uuid.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { deaths } from "../deaths/tables.ts";
import type { marriages } from "../marriages/tables.ts";
import type { births } from "../tables.ts";

type Head = typeof births | typeof deaths | typeof marriages;

/** Locks an entry until the transaction ends, so that its changes take turns. @returns false if there is none with this id */
export async function lockEntry(tx: Tx, heads: Head, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const locked = await tx.select({ id: heads.id }).from(heads).where(eq(heads.id, id)).for("update");
  return locked.length > 0;
}
