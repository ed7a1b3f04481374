import { and, desc, eq, lte } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { personsOfVersion } from "../births.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { birthVersions } from "../tables.ts";
import { birthFactsOf } from "./birth-facts.ts";
import type { BirthFacts } from "./types.ts";

/** Facts of a birth that held at the end of a day, as the register knows it now; null before its registration. */
export async function birthOnDay(ctx: CivilStatusContext, id: string, on: LegalDay): Promise<BirthFacts | null> {
  const [found] = await ctx.db
    .select({ version: birthVersions, persons: personsOfVersion() })
    .from(birthVersions)
    .where(and(eq(birthVersions.birthId, id), lte(birthVersions.validFrom, on)))
    .orderBy(desc(birthVersions.version))
    .limit(1);
  if (!found) return null;
  const { mother, father } = found.persons;
  for (const parent of [mother, father]) if (parent?.personalId) ctx.access.read(parent.personalId);
  return birthFactsOf(found.version, found.persons);
}
