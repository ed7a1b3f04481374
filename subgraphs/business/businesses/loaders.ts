import DataLoader from "dataloader";
import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import { latestVersion } from "../../_shared/registers/latest-version.ts";
import type { Context } from "../../_shared/serving/context.ts";
import { visiblePeople } from "../rights.ts";
import {
  businesses,
  businessLines,
  businessPeople,
  businessVersions,
  liveBusinesses,
  type VersionState,
} from "../tables.ts";
import type { Business, BusinessLine, BusinessPerson, BusinessSuspension } from "../types.ts";

/** A version of a business, under which its people and lines are found. */
export type LoadedBusiness = Omit<Business, "licences"> & {
  version: number;
  versionState: VersionState;
  parentId: string | null;
};

export const businessColumns = {
  id: businesses.id,
  code: businesses.code,
  parentId: businesses.parentId,
  version: businessVersions.version,
  versionState: businessVersions.state,
  name: businessVersions.name,
  foreignName: businessVersions.foreignName,
  shortName: businessVersions.shortName,
  kind: businessVersions.kind,
  form: businessVersions.form,
  capitalVnd: businessVersions.capital,
  registeredOn: businessVersions.registeredOn,
  changeNumber: businessVersions.changeNumber,
  communeCode: businessVersions.communeCode,
  addressLine: businessVersions.addressLine,
  suspendedFrom: businessVersions.suspendedFrom,
  suspendedTo: businessVersions.suspendedTo,
};

type BusinessRow = Omit<LoadedBusiness, "commune" | "suspension"> & {
  communeCode: string;
  suspendedFrom: BusinessSuspension["from"] | null;
  suspendedTo: BusinessSuspension["to"];
};

export function businessOf({ communeCode, suspendedFrom, suspendedTo, ...business }: BusinessRow): LoadedBusiness {
  const suspension = suspendedFrom && { from: suspendedFrom, to: suspendedTo };
  return { ...business, commune: communeOf(communeCode), suspension };
}

/** Condition of a join of the versions with `live_businesses`. */
export const versionInForce = and(
  eq(businessVersions.businessId, liveBusinesses.businessId),
  eq(businessVersions.version, liveBusinesses.version),
);

type PersonRow = Pick<typeof businessPeople.$inferSelect, "role" | "personalId" | "fullName">;
export type LoadedPerson = BusinessPerson & { personalId: string };

export function personOf({ role, personalId, fullName }: PersonRow): LoadedPerson {
  return { role, personalId, citizen: { personalId }, fullName };
}

/** Key of a version, for the loaders of what it contains. */
export type VersionKey = { id: string; version: number };
const keyOf = ({ id, version }: VersionKey) => `${id}/${version}`;

/** Condition for the rows of some versions, by the primary key of a table of what a version contains. */
export function ofVersions(
  { businessId, version }: typeof businessPeople | typeof businessLines,
  keys: readonly VersionKey[],
): SQL {
  const wanted = JSON.stringify(keys.map(({ id, version }) => ({ id, version })));
  return sql`(${businessId}, ${version}) in (select id, version from jsonb_to_recordset(${wanted}::jsonb) k(id uuid, version int))`;
}

export function entryLoaders({ db, caller }: Pick<Context, "db" | "caller">) {
  const latest = latestVersion(businessVersions.version, businessVersions.businessId, businesses.id);
  return {
    /** Businesses in force by the personal number of a person in them, oldest first, of those the caller may see. */
    businessesByPerson: new DataLoader<string, LoadedBusiness[]>(async (persons) => {
      const rows = await db
        .selectDistinct({ person: businessPeople.personalId, ...businessColumns })
        .from(businessPeople)
        .innerJoin(
          liveBusinesses,
          and(
            eq(liveBusinesses.businessId, businessPeople.businessId),
            eq(liveBusinesses.version, businessPeople.version),
          ),
        )
        .innerJoin(businessVersions, versionInForce)
        .innerJoin(businesses, eq(businesses.id, liveBusinesses.businessId))
        .where(and(inArray(businessPeople.personalId, [...persons]), visiblePeople(caller)))
        .orderBy(asc(businessVersions.registeredOn), asc(businesses.code));
      return persons.map((wanted) =>
        rows.filter(({ person }) => person === wanted).map(({ person: _, ...row }) => businessOf(row)),
      );
    }),
    /** Businesses by id, in force or ended, in their last state. */
    businessById: new DataLoader<string, LoadedBusiness | null>(async (ids) => {
      const rows = await db
        .select(businessColumns)
        .from(businesses)
        .innerJoin(businessVersions, and(eq(businessVersions.businessId, businesses.id), latest))
        .where(inArray(businesses.id, [...ids]));
      const byId = new Map(rows.map((row) => [row.id, businessOf(row)]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
    /** Branches in force of each enterprise, by code. */
    branchesByEnterprise: new DataLoader<string, LoadedBusiness[]>(async (ids) => {
      const rows = await db
        .select(businessColumns)
        .from(businesses)
        .innerJoin(liveBusinesses, eq(liveBusinesses.businessId, businesses.id))
        .innerJoin(businessVersions, versionInForce)
        .where(inArray(businesses.parentId, [...ids]))
        .orderBy(asc(businesses.code));
      return ids.map((id) => rows.filter(({ parentId }) => parentId === id).map(businessOf));
    }),
    /** Personal numbers of everybody who is or was in each business, for the access log. */
    peopleByBusiness: new DataLoader<string, string[]>(async (ids) => {
      const { businessId, personalId } = businessPeople;
      const rows = await db
        .selectDistinct({ businessId, personalId })
        .from(businessPeople)
        .where(inArray(businessId, [...ids]));
      return ids.map((id) => rows.filter((row) => row.businessId === id).map((row) => row.personalId));
    }),
  };
}

export function versionLoaders({ db }: Pick<Context, "db">) {
  return {
    /** People of versions, by role and number. */
    peopleByVersion: new DataLoader<VersionKey, LoadedPerson[], string>(
      async (versions) => {
        const rows = await db
          .select()
          .from(businessPeople)
          .where(ofVersions(businessPeople, versions))
          .orderBy(asc(businessPeople.role), asc(businessPeople.personalId));
        return versions.map((wanted) => rows.filter((row) => isOf(row, wanted)).map(personOf));
      },
      { cacheKeyFn: keyOf },
    ),
    /** Lines of business of versions, the main one first. */
    linesByVersion: new DataLoader<VersionKey, BusinessLine[], string>(
      async (versions) => {
        const rows = await db
          .select()
          .from(businessLines)
          .where(ofVersions(businessLines, versions))
          .orderBy(asc(businessLines.place));
        return versions.map((wanted) => rows.filter((row) => isOf(row, wanted)));
      },
      { cacheKeyFn: keyOf },
    ),
  };
}

function isOf(row: { businessId: string; version: number }, { id, version }: VersionKey): boolean {
  return row.businessId === id && row.version === version;
}
