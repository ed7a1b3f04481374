import { and, desc, eq, lte } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { BusinessContext } from "../loaders.ts";
import { businesses, businessVersions } from "../tables.ts";
import { businessColumns, businessOf } from "./loaders.ts";
import { stateOn } from "./state.ts";
import type { BusinessOnDay } from "./types.ts";

/** State of a business at the end of a day, as the register knows it now; null before its registration. */
export async function businessOnDay(ctx: BusinessContext, id: string, on: LegalDay): Promise<BusinessOnDay | null> {
  const [row] = await ctx.db
    .select(businessColumns)
    .from(businesses)
    .innerJoin(businessVersions, eq(businessVersions.businessId, businesses.id))
    .where(and(eq(businesses.id, id), lte(businessVersions.validFrom, on)))
    .orderBy(desc(businessVersions.version))
    .limit(1);
  if (!row) return null;
  const version = businessOf(row);
  const [people, lines] = await Promise.all([
    ctx.loaders.peopleByVersion.load(version),
    ctx.loaders.linesByVersion.load(version),
  ]);
  for (const { personalId } of people) ctx.access.read(personalId);
  const state = stateOn(on, version.versionState, version.suspension);
  return { ...version, id: `${version.code}@${on}`, on, state, people, lines };
}
