import DataLoader from "dataloader";
import { and, asc, eq, inArray } from "drizzle-orm";
import { communeOf } from "../_shared/registers/commune-type.ts";
import { latestVersion } from "../_shared/registers/latest-version.ts";
import type { Context } from "../_shared/serving/context.ts";
import { visibleHolders } from "./rights.ts";
import { certificateHolders, certificates, certificateVersions, parcelVersions } from "./tables.ts";
import type { LandCertificate } from "./types.ts";

export type LandLoaders = ReturnType<typeof landLoaders>;
export type LandContext = Context<LandLoaders>;

export function landLoaders({ db, caller }: Pick<Context, "db" | "caller">) {
  return {
    /** Current certificates by the holder's personal number, oldest first, of those the caller may see. */
    certificatesByHolder: new DataLoader<string, LandCertificate[]>(async (holders) => {
      const rows = await db
        .select({
          holder: certificateHolders.personalId,
          serial: certificates.serial,
          issuedOn: certificateVersions.issuedOn,
          id: parcelVersions.parcelId,
          areaM2: parcelVersions.areaM2,
          communeCode: parcelVersions.communeCode,
          sheetNumber: parcelVersions.sheetNo,
          parcelNumber: parcelVersions.parcelNo,
          purpose: parcelVersions.purpose,
        })
        .from(certificateHolders)
        .innerJoin(certificates, eq(certificates.id, certificateHolders.certificateId))
        .innerJoin(
          certificateVersions,
          and(
            eq(certificateVersions.certificateId, certificateHolders.certificateId),
            eq(certificateVersions.version, certificateHolders.version),
          ),
        )
        .innerJoin(parcelVersions, eq(parcelVersions.parcelId, certificates.parcelId))
        .where(
          and(
            inArray(certificateHolders.personalId, [...holders]),
            visibleHolders(caller),
            latestVersion(certificateVersions.version, certificateVersions.certificateId, certificates.id),
            latestVersion(parcelVersions.version, parcelVersions.parcelId, certificates.parcelId),
          ),
        )
        .orderBy(asc(certificateVersions.issuedOn), asc(certificates.serial));
      const of = (holder: string) =>
        rows
          .filter((row) => row.holder === holder)
          .map(({ serial, issuedOn, communeCode, ...parcel }) => ({
            serial,
            issuedOn,
            parcel: { ...parcel, commune: communeOf(communeCode) },
          }));
      return holders.map(of);
    }),
  };
}
