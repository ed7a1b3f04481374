import DataLoader from "dataloader";
import { and, asc, eq, inArray, type SQL } from "drizzle-orm";
import { latestVersion } from "../../_shared/registers/latest-version.ts";
import type { Context } from "../../_shared/serving/context.ts";
import type { Licence } from "../types.ts";
import { LICENCE_KINDS } from "./licence-kinds.ts";
import { type LicenceVersionState, licences, licenceVersions, liveLicences } from "./tables.ts";

/** A licence in its last version. */
export type LoadedLicence = Licence & {
  licenceId: string;
  businessId: string;
  versionState: LicenceVersionState;
  /** Version in force; null for a licence that was revoked or whose business has ended. */
  liveVersion: number | null;
};

export const licenceColumns = {
  licenceId: licences.id,
  businessId: licences.businessId,
  number: licences.number,
  kind: licences.kind,
  issuer: licenceVersions.issuer,
  issuedOn: licenceVersions.issuedOn,
  expiresOn: licenceVersions.expiresOn,
  renewBy: licenceVersions.renewBy,
  versionState: licenceVersions.state,
  liveVersion: liveLicences.version,
};

export function licenceOf(row: Omit<LoadedLicence, "kindName">): LoadedLicence {
  return { ...row, kindName: LICENCE_KINDS[row.kind].vi };
}

export function licenceLoaders({ db }: Pick<Context, "db">) {
  const latest = latestVersion(licenceVersions.version, licenceVersions.licenceId, licences.id);
  const loaded = async (condition: SQL) => {
    const rows = await db
      .select(licenceColumns)
      .from(licences)
      .innerJoin(licenceVersions, and(eq(licenceVersions.licenceId, licences.id), latest))
      .leftJoin(liveLicences, eq(liveLicences.licenceId, licences.id))
      .where(condition)
      .orderBy(asc(licenceVersions.issuedOn), asc(licences.number));
    return rows.map(licenceOf);
  };
  return {
    /** Licences by the id of a business that the caller was shown, oldest first. */
    licencesByBusiness: new DataLoader<string, LoadedLicence[]>(async (ids) => {
      const found = await loaded(inArray(licences.businessId, [...ids]));
      return ids.map((id) => found.filter(({ businessId }) => businessId === id));
    }),
    /** Licences by number, in force or not. */
    licenceByNumber: new DataLoader<string, LoadedLicence | null>(async (numbers) => {
      const found = await loaded(inArray(licences.number, [...numbers]));
      return numbers.map((wanted) => found.find(({ number }) => number === wanted) ?? null);
    }),
  };
}
