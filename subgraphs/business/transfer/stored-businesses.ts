import { and, asc, eq, gt, inArray, type SQL } from "drizzle-orm";
import type { Tx } from "../../_shared/serving/database.ts";
import { ofVersions, type VersionKey } from "../businesses/loaders.ts";
import { licences, licenceVersions, liveLicences } from "../licences/tables.ts";
import { businesses, businessLines, businessPeople, businessVersions, liveBusinesses } from "../tables.ts";
import { type BusinessRow, byText } from "./business-record.ts";

export function storedBusinesses(tx: Tx, codes: readonly string[]): Promise<BusinessRow[]> {
  return businessesWhere(tx, inArray(businesses.code, [...codes]), codes.length);
}

export function businessesAfter(tx: Tx, code: string | null, size: number): Promise<BusinessRow[]> {
  return businessesWhere(tx, code === null ? undefined : gt(businesses.code, code), size);
}

/** Businesses in force as files have them, by their codes. */
async function businessesWhere(tx: Tx, where: SQL | undefined, size: number): Promise<BusinessRow[]> {
  const heads = await tx
    .select({
      ...{ id: businesses.id, code: businesses.code, version: businessVersions.version, kind: businessVersions.kind },
      ...{ name: businessVersions.name, foreignName: businessVersions.foreignName, form: businessVersions.form },
      ...{ shortName: businessVersions.shortName, capital: businessVersions.capital },
      ...{ commune: businessVersions.communeCode, addressLine: businessVersions.addressLine },
      ...{ registeredOn: businessVersions.registeredOn, changeNumber: businessVersions.changeNumber },
      ...{ suspendedFrom: businessVersions.suspendedFrom, suspendedTo: businessVersions.suspendedTo },
    })
    .from(businesses)
    .innerJoin(liveBusinesses, eq(liveBusinesses.businessId, businesses.id))
    .innerJoin(
      businessVersions,
      and(eq(businessVersions.businessId, businesses.id), eq(businessVersions.version, liveBusinesses.version)),
    )
    .where(where)
    .orderBy(asc(businesses.code))
    .limit(size);
  if (heads.length === 0) return [];
  const parts = await partsOf(tx, heads);
  return heads.map(({ id, version: _, ...facts }) => {
    const of = <Row extends { businessId: string }>(rows: readonly Row[]) =>
      rows.filter((row) => row.businessId === id);
    return {
      ...facts,
      people: of(parts.people)
        .map(({ role, personalId, fullName }) => ({ role, personalId, fullName }))
        .sort(byText(({ role, personalId }) => `${role} ${personalId}`)),
      lines: of(parts.lines).map(({ list, code }) => ({ list, code })),
      licences: (parts.licences.get(id) ?? []).sort(byText(({ number }) => number)),
    };
  });
}

/** People and lines of the versions in force, and the licences in force, of some businesses. */
async function partsOf(tx: Tx, heads: readonly VersionKey[]) {
  const ids = heads.map(({ id }) => id);
  const people = await tx.select().from(businessPeople).where(ofVersions(businessPeople, heads));
  const lines = await tx
    .select()
    .from(businessLines)
    .where(ofVersions(businessLines, heads))
    .orderBy(asc(businessLines.place));
  const issued = await tx
    .select({
      ...{ businessId: liveLicences.businessId, number: licences.number, kind: licences.kind },
      ...{ issuer: licenceVersions.issuer, issuedOn: licenceVersions.issuedOn, expiresOn: licenceVersions.expiresOn },
    })
    .from(liveLicences)
    .innerJoin(licences, eq(licences.id, liveLicences.licenceId))
    .innerJoin(
      licenceVersions,
      and(eq(licenceVersions.licenceId, liveLicences.licenceId), eq(licenceVersions.version, liveLicences.version)),
    )
    .where(inArray(liveLicences.businessId, ids));
  const byBusiness = new Map<string, BusinessRow["licences"]>(ids.map((id) => [id, []]));
  for (const { businessId, ...licence } of issued) byBusiness.get(businessId)?.push(licence);
  return { people, lines, licences: byBusiness };
}
