import DataLoader from "dataloader";
import { and, asc, eq, inArray, type SQL } from "drizzle-orm";
import type { Context } from "../../_shared/serving/context.ts";
import { parcelColumns, parcelOf } from "../parcels/loaders.ts";
import { visibleHolders } from "../rights.ts";
import { certificateHolders, certificateVersions, liveCertificates, liveParcels, parcelVersions } from "../tables.ts";
import type { LandCertificate, LandHolder } from "../types.ts";
import { reduced } from "./shares.ts";

/** A certificate in force with the id under which its holders are found. */
export type LoadedCertificate = LandCertificate & { certificateId: string };

export const certificateColumns = {
  certificateId: liveCertificates.certificateId,
  serial: liveCertificates.serial,
  issuedOn: liveCertificates.issuedOn,
  bookNumber: certificateVersions.bookNumber,
  ...parcelColumns,
};
type CertificateRow = Omit<LoadedCertificate, "parcel"> & Parameters<typeof parcelOf>[0];

export function certificateOf({
  certificateId,
  serial,
  issuedOn,
  bookNumber,
  ...parcel
}: CertificateRow): LoadedCertificate {
  return { certificateId, serial, issuedOn, bookNumber, parcel: parcelOf(parcel) };
}

/* Conditions of joins from the certificates in force. */
export const versionInForce = and(
  eq(certificateVersions.certificateId, liveCertificates.certificateId),
  eq(certificateVersions.version, liveCertificates.version),
);
export const holdersInForce = and(
  eq(certificateHolders.certificateId, liveCertificates.certificateId),
  eq(certificateHolders.version, liveCertificates.version),
);
export const parcelInForce = and(
  eq(parcelVersions.parcelId, liveParcels.parcelId),
  eq(parcelVersions.version, liveParcels.version),
);

export function certificateLoaders({ db, caller }: Pick<Context, "db" | "caller">) {
  return {
    /** Certificates in force by the holder's personal number, oldest first, of those the caller may see. */
    certificatesByHolder: new DataLoader<string, LoadedCertificate[]>(async (holders) => {
      const rows = await db
        .select({ holder: certificateHolders.personalId, ...certificateColumns })
        .from(certificateHolders)
        .innerJoin(liveCertificates, holdersInForce as SQL)
        .innerJoin(certificateVersions, versionInForce)
        .innerJoin(liveParcels, eq(liveParcels.parcelId, liveCertificates.parcelId))
        .innerJoin(parcelVersions, parcelInForce)
        .where(and(inArray(certificateHolders.personalId, [...holders]), visibleHolders(caller)))
        .orderBy(asc(liveCertificates.issuedOn), asc(liveCertificates.serial));
      const of = (holder: string) =>
        rows.filter((row) => row.holder === holder).map(({ holder: _, ...row }) => certificateOf(row));
      return holders.map(of);
    }),
    /** The certificate in force of each parcel. */
    certificateByParcel: new DataLoader<string, LoadedCertificate | null>(async (codes) => {
      const rows = await db
        .select(certificateColumns)
        .from(liveCertificates)
        .innerJoin(certificateVersions, versionInForce)
        .innerJoin(liveParcels, eq(liveParcels.parcelId, liveCertificates.parcelId))
        .innerJoin(parcelVersions, parcelInForce)
        .where(inArray(liveCertificates.parcelId, [...codes]));
      const byParcel = new Map(rows.map((row) => [row.id, certificateOf(row)]));
      return codes.map((code) => byParcel.get(code) ?? null);
    }),
    /** Holders by the id of a certificate in force, in the order of their numbers. */
    holdersByCertificate: new DataLoader<string, (LandHolder & { personalId: string })[]>(async (ids) => {
      const rows = await db
        .select({
          certificateId: liveCertificates.certificateId,
          personalId: certificateHolders.personalId,
          fullName: certificateHolders.fullName,
          shares: certificateHolders.shares,
          shareTotal: certificateVersions.shareTotal,
        })
        .from(liveCertificates)
        .innerJoin(certificateVersions, versionInForce)
        .innerJoin(certificateHolders, holdersInForce)
        .where(inArray(liveCertificates.certificateId, [...ids]))
        .orderBy(asc(certificateHolders.personalId));
      return ids.map((id) => rows.filter((row) => row.certificateId === id).map(holderOf));
    }),
  };
}

type HolderRow = { personalId: string; fullName: string | null; shares: number; shareTotal: number };

export function holderOf({ personalId, fullName, shares, shareTotal }: HolderRow) {
  return { personalId, citizen: { personalId }, fullName, share: reduced(shares, shareTotal) };
}
