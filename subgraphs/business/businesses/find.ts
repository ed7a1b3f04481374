import { and, eq } from "drizzle-orm";
import { parseBusinessCode } from "../../_shared/reference/identifiers/tax-code.ts";
import { latestVersion } from "../../_shared/registers/latest-version.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import type { BusinessContext } from "../loaders.ts";
import { businesses, businessVersions } from "../tables.ts";
import { businessColumns, businessOf, type LoadedBusiness } from "./loaders.ts";

/** The business with a code, in force or ended; the read of its people is recorded. @throws NOT_FOUND */
export async function findBusiness(ctx: BusinessContext, rawCode: string): Promise<LoadedBusiness> {
  const code = parseBusinessCode(rawCode);
  if (!code.ok) throw notFound("business");
  const latest = latestVersion(businessVersions.version, businessVersions.businessId, businesses.id);
  const [row] = await ctx.db
    .select(businessColumns)
    .from(businesses)
    .innerJoin(businessVersions, and(eq(businessVersions.businessId, businesses.id), latest))
    .where(eq(businesses.code, code.value));
  if (!row) throw notFound("business");
  const business = businessOf(row);
  for (const { personalId } of await ctx.loaders.peopleByVersion.load(business)) ctx.access.read(personalId);
  return business;
}
