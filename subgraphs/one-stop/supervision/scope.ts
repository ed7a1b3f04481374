import { and, eq, exists, inArray, or, type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, QueryBuilder } from "drizzle-orm/pg-core";
import { allCommunes, commune } from "../../_shared/reference/communes.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { hasPart } from "../dossiers/dossier-list.ts";
import type { OneStopContext } from "../loaders.ts";
import { hasOffice, type SupervisedPlace, supervisedPlace } from "../rights.ts";
import { dossiers, steps } from "../tables.ts";
import type { ScopeInput } from "./input.ts";

/** The caller's own office or province, narrowed by the input. */
export type Scope = Pick<ScopeInput, "agency" | "procedure"> & { place: SupervisedPlace };

/** @throws NOT_FOUND for a place outside the caller's own, which looks like one that does not exist */
export function scopeOf({ caller }: OneStopContext, { office, province, agency, procedure }: ScopeInput): Scope {
  const own = supervisedPlace(caller);
  if (!own) throw notFound("scope");
  const ownProvince = "office" in own ? commune(own.office)?.province : own.province;
  if (province && province !== ownProvince) throw notFound("province");
  if (office && !hasOffice(own, office)) throw notFound("office");
  return { place: office ? { office } : own, agency, procedure };
}

/** Offices of a place, by commune code. */
export function officesOf(place: SupervisedPlace): string[] {
  if ("office" in place) return [place.office];
  return allCommunes().flatMap(({ code, province }) => (province === place.province ? code : []));
}

type DossierColumns = Record<"id" | "office" | "province" | "procedureCode", AnyPgColumn>;

/** Condition for the dossiers of a scope, in the table or an alias of it. */
export function dossiersWithin({ place, agency, procedure }: Scope, of: DossierColumns = dossiers): SQL | undefined {
  return and(
    "office" in place ? eq(of.office, place.office) : eq(of.province, place.province),
    agency ? hasPart(eq(steps.agency, agency), of.id) : undefined,
    procedure ? or(eq(of.procedureCode, procedure), hasPart(eq(steps.procedure, procedure), of.id)) : undefined,
  );
}

/** Condition for the parts of a scope. */
export function partsWithin({ place, agency, procedure }: Scope): SQL | undefined {
  const ofDossier = new QueryBuilder()
    .select({ one: sql`1` })
    .from(dossiers)
    .where(and(eq(dossiers.id, steps.dossierId), eq(dossiers.procedureCode, procedure ?? "")));
  return and(
    inArray(steps.office, officesOf(place)),
    agency ? eq(steps.agency, agency) : undefined,
    procedure ? or(eq(steps.procedure, procedure), exists(ofDossier)) : undefined,
  );
}
