import { and, inArray } from "drizzle-orm";
import { GraphQLError } from "graphql";
import { demand } from "../../_shared/identity/caller.ts";
import { notFound, unavailable } from "../../_shared/serving/errors.ts";
import type { DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { visibleCitizens, visibleDossiers } from "../rights.ts";
import { NotAnswered } from "../saga/agency-requests.ts";
import { dossiers } from "../tables.ts";
import type { NodeId } from "./node-id.ts";

const NUMBERS_DEADLINE_MS = 1_000;

/**
 * The objects that ids name, in their order. A dossier or citizen out of the caller's reach is NOT_FOUND, like one that does not
 * exist. An entry of another agency is a reference, which is the same for every id: that agency resolves it and decides.
 */
export async function nodesOf(ctx: OneStopContext, ids: readonly NodeId[]): Promise<(object | Error)[]> {
  const idsOf = (type: string) => ids.filter((each) => each.type === type).map(({ id }) => id);
  const [foundDossiers, foundCitizens] = await Promise.all([
    dossiersById(ctx, idsOf("Dossier")),
    citizensOrRefusals(ctx, idsOf("Citizen")),
  ]);
  return ids.map(({ type, id }) => {
    if (type === "Dossier") return foundDossiers.get(id) ?? notFound("dossier");
    if (type === "Citizen") return foundCitizens.get(id) ?? notFound("citizen");
    return { __typename: type, id };
  });
}

/** Dossiers that the caller may see, by id; the read is recorded. */
async function dossiersById({ db, caller, access }: OneStopContext, ids: string[]): Promise<Map<string, DossierRow>> {
  if (ids.length === 0) return new Map();
  const rows: DossierRow[] = await db
    .select()
    .from(dossiers)
    .where(and(inArray(dossiers.id, ids), visibleDossiers(caller)));
  for (const { applicantPersonalId, code } of rows) access.read(applicantPersonalId ?? code, code);
  return new Map(rows.map((row) => [row.id, { __typename: "Dossier", ...row }]));
}

/** Citizens by id; without `citizen:read` or the population register, the error for each of them. */
async function citizensOrRefusals(ctx: OneStopContext, ids: string[]): Promise<Map<string, object | Error>> {
  try {
    demand(ctx.caller, "citizen:read"); // as at `citizen`
    return await citizensById(ctx, ids);
  } catch (error) {
    if (error instanceof GraphQLError) return new Map(ids.map((id) => [id, error]));
    throw error;
  }
}

/** Citizens whom the caller may see, by id; the read is recorded. The population register knows their personal numbers. */
async function citizensById(ctx: OneStopContext, ids: string[]): Promise<Map<string, object>> {
  if (ids.length === 0) return new Map();
  const numbers = await personalIdsOf(ctx, ids);
  const visible = await visibleCitizens(
    ctx.db,
    ctx.caller,
    numbers.flatMap((each) => each ?? []),
  );
  const found = ids.flatMap((id, index): [string, object][] => {
    const personalId = numbers[index];
    if (!personalId || !visible.has(personalId)) return [];
    ctx.access.read(personalId);
    return [[id, { __typename: "Citizen", id, personalId }]];
  });
  return new Map(found);
}

/** @throws UNAVAILABLE while the population register does not respond */
async function personalIdsOf({ loaders, caller }: OneStopContext, ids: string[]): Promise<(string | null)[]> {
  const purpose = { onBehalfOf: caller.subject, requestId: caller.requestId };
  try {
    return await loaders.desk().agencies.personalIdsOf(ids, purpose, NUMBERS_DEADLINE_MS);
  } catch (error) {
    if (error instanceof NotAnswered) throw unavailable("RESIDENCE", "the population register does not respond");
    throw error;
  }
}
