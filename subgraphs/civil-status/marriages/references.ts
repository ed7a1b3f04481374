import { and, desc, eq, lte } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { searchedMarriage } from "../rights.ts";
import { marriageFactsOf } from "./loaders.ts";
import { marriageVersions } from "./tables.ts";
import type { MarriageFacts, MarriageRegistration } from "./types.ts";

/** Records in the access log that the data of both spouses were read. */
export function shownMarriage(
  marriage: MarriageRegistration | null,
  ctx: CivilStatusContext,
): MarriageRegistration | null {
  for (const { personalId } of marriage ? [marriage.facts.husband, marriage.facts.wife] : [])
    ctx.access.read(personalId ?? marriage?.id ?? "", marriage?.dossier);
  return marriage;
}

/**
 * Marriage referenced by another agency, such as a dossier's result.
 *
 * @throws NOT_FOUND if the caller may not see it
 */
export async function referencedMarriage(
  { id }: Pick<MarriageRegistration, "id">,
  ctx: CivilStatusContext,
): Promise<MarriageRegistration | null> {
  return shownMarriage(searchedMarriage(ctx.caller, null, await ctx.loaders.marriageById.load(id)), ctx);
}

/** Facts of a marriage that held at the end of a day, as the register knows it now; null before its registration. */
export async function marriageOnDay(
  { db }: CivilStatusContext,
  id: string,
  on: LegalDay,
): Promise<MarriageFacts | null> {
  const [version] = await db
    .select()
    .from(marriageVersions)
    .where(and(eq(marriageVersions.marriageId, id), lte(marriageVersions.validFrom, on)))
    .orderBy(desc(marriageVersions.version))
    .limit(1);
  return version ? marriageFactsOf(version) : null;
}
