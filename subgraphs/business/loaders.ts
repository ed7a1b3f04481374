import DataLoader from "dataloader";
import { and, asc, eq, inArray } from "drizzle-orm";
import { communeOf } from "../_shared/registers/commune-type.ts";
import { latestVersion } from "../_shared/registers/latest-version.ts";
import type { Context } from "../_shared/serving/context.ts";
import { LICENCE_KINDS } from "./licence-kinds.ts";
import { visibleBusinesses } from "./rights.ts";
import { businesses, businessVersions, licences, licenceVersions } from "./tables.ts";
import type { Business, Licence } from "./types.ts";

export type BusinessLoaders = ReturnType<typeof businessLoaders>;
export type BusinessContext = Context<BusinessLoaders>;

export function businessLoaders({ db, caller }: Pick<Context, "db" | "caller">) {
  return {
    /** Businesses by their present owner's personal number, oldest first, of those the caller may see. */
    businessesByOwner: new DataLoader<string, Business[]>(async (owners) => {
      const rows = await db
        .select({
          id: businesses.id,
          code: businesses.code,
          owner: businessVersions.ownerPersonalId,
          name: businessVersions.name,
          kind: businessVersions.kind,
          industry: businessVersions.industry,
          registeredOn: businessVersions.registeredOn,
          communeCode: businessVersions.communeCode,
          addressLine: businessVersions.addressLine,
        })
        .from(businessVersions)
        .innerJoin(businesses, eq(businesses.id, businessVersions.businessId))
        .where(
          and(
            inArray(businessVersions.ownerPersonalId, [...owners]),
            visibleBusinesses(caller),
            latestVersion(businessVersions.version, businessVersions.businessId, businesses.id),
          ),
        )
        .orderBy(asc(businessVersions.registeredOn), asc(businesses.code));
      const of = (wanted: string) =>
        rows
          .filter(({ owner }) => owner === wanted)
          .map(({ owner: _, communeCode, ...business }) => ({ ...business, commune: communeOf(communeCode) }));
      return owners.map(of);
    }),
    /** Licences by the id of a business that the caller was shown, oldest first. */
    licencesByBusiness: new DataLoader<string, Licence[]>(async (ids) => {
      const rows = await db
        .select({
          businessId: licences.businessId,
          number: licences.number,
          kind: licences.kind,
          issuedOn: licenceVersions.issuedOn,
          expiresOn: licenceVersions.expiresOn,
        })
        .from(licences)
        .innerJoin(licenceVersions, eq(licenceVersions.licenceId, licences.id))
        .where(
          and(
            inArray(licences.businessId, [...ids]),
            latestVersion(licenceVersions.version, licenceVersions.licenceId, licences.id),
          ),
        )
        .orderBy(asc(licenceVersions.issuedOn), asc(licences.number));
      return ids.map((id) =>
        rows
          .filter(({ businessId }) => businessId === id)
          .map(({ businessId: _, ...licence }) => ({ ...licence, kindName: LICENCE_KINDS[licence.kind].vi })),
      );
    }),
  };
}
