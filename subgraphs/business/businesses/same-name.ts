import { and, arrayContained, arrayContains, eq } from "drizzle-orm";
import { nameWords } from "../../_shared/reference/name-words.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { businessVersions, liveBusinesses } from "../tables.ts";
import { versionInForce } from "./loaders.ts";
import type { Facts } from "./new-version.ts";

/** True if another business in force of the kind has the same words in its name; among household businesses, in the same commune. */
export async function hasNamesake(tx: Tx, { kind, name, communeCode }: Facts): Promise<boolean> {
  const words = nameWords(name);
  const [found] = await tx
    .select({ id: liveBusinesses.businessId })
    .from(businessVersions)
    .innerJoin(liveBusinesses, versionInForce)
    .where(
      and(
        arrayContains(businessVersions.nameWords, words),
        arrayContained(businessVersions.nameWords, words),
        eq(liveBusinesses.kind, kind),
        kind === "HOUSEHOLD" ? eq(liveBusinesses.communeCode, communeCode) : undefined,
      ),
    )
    .limit(1);
  return found !== undefined;
}
