import { and, asc, eq, gt } from "drizzle-orm";
import * as z from "zod";
import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import { decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { householdInForce } from "../current.ts";
import { householdColumns, type ResidenceContext } from "../loaders.ts";
import { households, householdVersions } from "../tables.ts";
import type { Household } from "../types.ts";
import { householdOf } from "./household-of.ts";
import { householdIdOf } from "./households.ts";
import type { HouseholdConnection } from "./types.ts";

const codeCursor = z.tuple([z.string()]);

/** The household of a code, in force or ended. @throws NOT_FOUND if there is none */
export async function householdByCode({ db, loaders }: ResidenceContext, code: string): Promise<Household> {
  const id = await householdIdOf(db, code);
  const household = id ? await loaders.householdsById.load(id) : null;
  if (!household) throw notFound("household");
  return householdOf(household);
}

/** A page of the households in force of a commune, by code. */
export async function householdsOfCommune(
  { db }: ResidenceContext,
  commune: string,
  first: number,
  after: string | null,
): Promise<HouseholdConnection> {
  const size = pageSize(first);
  const rows = await db
    .select(householdColumns)
    .from(householdVersions)
    .innerJoin(households, eq(households.id, householdVersions.householdId))
    .where(
      and(
        eq(householdVersions.communeList, COMMUNE_LIST),
        eq(householdVersions.communeCode, commune),
        householdInForce,
        after ? gt(households.code, decodeCursor(after, codeCursor)[0]) : undefined,
      ),
    )
    .orderBy(asc(households.code))
    .limit(size + 1);
  const { nodes, pageInfo } = pageOf(rows, size, ({ code }) => [code]);
  return { nodes: nodes.map(householdOf), pageInfo };
}
