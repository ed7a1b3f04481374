import { and, desc, eq, lte, notInArray } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { acts } from "../acts/tables.ts";
import { holderOf } from "../certificates/loaders.ts";
import { encumbranceColumns } from "../encumbrances/loaders.ts";
import { encumbranceEnds, encumbrances } from "../encumbrances/tables.ts";
import type { LandContext } from "../loaders.ts";
import { certificateHolders, certificates, certificateVersions, parcelVersions } from "../tables.ts";
import { parcelColumns, parcelOf } from "./loaders.ts";
import type { LandParcelOnDay } from "./types.ts";

/** State of a parcel at the end of a day, as the register knows it now; null before its registration. */
export async function parcelOnDay(ctx: LandContext, parcel: string, on: LegalDay): Promise<LandParcelOnDay | null> {
  const [version] = await ctx.db
    .select(parcelColumns)
    .from(parcelVersions)
    .where(and(eq(parcelVersions.parcelId, parcel), lte(parcelVersions.validFrom, on)))
    .orderBy(desc(parcelVersions.version))
    .limit(1);
  if (!version) return null;
  const [holders, open] = await Promise.all([holdersOnDay(ctx, parcel, on), encumbrancesOnDay(ctx, parcel, on)]);
  for (const { personalId } of holders) ctx.access.read(personalId);
  return {
    ...parcelOf(version),
    ...{ id: `${parcel}@${on}`, on, holders: holders.map(holderOf), encumbrances: open },
    certificateSerial: holders[0]?.serial ?? null,
  };
}

async function holdersOnDay({ db }: LandContext, parcel: string, on: LegalDay) {
  const last = db
    .selectDistinctOn([certificateVersions.certificateId], {
      certificateId: certificateVersions.certificateId,
      version: certificateVersions.version,
      shareTotal: certificateVersions.shareTotal,
      serial: certificates.serial,
    })
    .from(certificateVersions)
    .innerJoin(certificates, eq(certificates.id, certificateVersions.certificateId))
    .where(and(eq(certificates.parcelId, parcel), lte(certificateVersions.validFrom, on)))
    .orderBy(certificateVersions.certificateId, desc(certificateVersions.version))
    .as("last");
  // the version that ends a certificate has no holders, so one certificate is left
  return db
    .select({
      serial: last.serial,
      shareTotal: last.shareTotal,
      personalId: certificateHolders.personalId,
      fullName: certificateHolders.fullName,
      shares: certificateHolders.shares,
    })
    .from(last)
    .innerJoin(
      certificateHolders,
      and(eq(certificateHolders.certificateId, last.certificateId), eq(certificateHolders.version, last.version)),
    )
    .orderBy(certificateHolders.personalId);
}

function encumbrancesOnDay({ db }: LandContext, parcel: string, on: LegalDay) {
  const ended = db
    .select({ id: encumbranceEnds.encumbranceId })
    .from(encumbranceEnds)
    .innerJoin(acts, eq(acts.id, encumbranceEnds.actId))
    .where(lte(acts.effectiveOn, on));
  return db
    .select(encumbranceColumns)
    .from(encumbrances)
    .innerJoin(acts, eq(acts.id, encumbrances.id))
    .where(and(eq(encumbrances.parcelId, parcel), lte(acts.effectiveOn, on), notInArray(encumbrances.id, ended)))
    .orderBy(encumbrances.id);
}
