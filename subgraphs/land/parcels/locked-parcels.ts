import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { acts } from "../acts/tables.ts";
import { reduced, type Share } from "../certificates/shares.ts";
import { type EncumbranceKind, encumbranceEnds, encumbrances } from "../encumbrances/tables.ts";
import {
  certificateMissing,
  obligationUnpaid,
  parcelEncumbered,
  parcelEnded,
  parcelUnknown,
  termEnded,
} from "../errors.ts";
import { obligationSettlements, obligations } from "../obligations/tables.ts";
import {
  certificateHolders,
  certificateVersions,
  liveCertificates,
  liveParcels,
  parcels,
  parcelVersions,
} from "../tables.ts";

export type Holder = { personalId: string; fullName: string | null; share: Share };
export type LiveCertificate = typeof certificateVersions.$inferSelect & { serial: string; holders: Holder[] };

/** Encumbrance in force, as a problem names it. */
export type OpenEncumbrance = { kind: EncumbranceKind; party: string; registeredOn: LegalDay };

/** State of a parcel, which is locked until the transaction ends unless `readParcels` read it. */
export type LockedParcel = {
  id: string;
  /** The version in force; null for a parcel that was split or merged. */
  live: typeof parcelVersions.$inferSelect | null;
  certificate: LiveCertificate | null;
  /** Encumbrances in force, by their kinds. */
  encumbrances: OpenEncumbrance[];
  hasUnpaidObligation: boolean;
};

export type ReadParcels = (tx: Tx, ids: readonly string[]) => Promise<Map<string, LockedParcel>>;
/** A parcel in force. */
export type ParcelInForce = LockedParcel & { live: NonNullable<LockedParcel["live"]> };

/** Locks parcels until the transaction ends, in the order of their ids, which prevents deadlocks, and reads their state. */
export async function lockParcels(tx: Tx, ids: readonly string[]): Promise<Map<string, LockedParcel>> {
  if (ids.length === 0) return new Map();
  const wanted = inArray(parcels.id, [...ids]);
  const locked = await tx.select({ id: parcels.id }).from(parcels).where(wanted).orderBy(asc(parcels.id)).for("update");
  // queries of their own, because they must see what another act committed before the lock was granted
  return statesOf(
    tx,
    locked.map(({ id }) => id),
  );
}

/** State of parcels without locks, for an examination that writes nothing. */
export async function readParcels(tx: Tx, ids: readonly string[]): Promise<Map<string, LockedParcel>> {
  if (ids.length === 0) return new Map();
  const found = await tx
    .select({ id: parcels.id })
    .from(parcels)
    .where(inArray(parcels.id, [...ids]));
  return statesOf(
    tx,
    found.map(({ id }) => id),
  );
}

async function statesOf(tx: Tx, found: string[]): Promise<Map<string, LockedParcel>> {
  if (found.length === 0) return new Map();
  const [versions, certificates, open, unpaid] = await Promise.all([
    liveVersions(tx, found),
    liveCertificatesOf(tx, found),
    encumbrancesInForce(tx, found),
    unpaidObligations(tx, found),
  ]);
  return new Map(
    found.map((id) => [
      id,
      {
        id,
        live: versions.find(({ parcelId }) => parcelId === id) ?? null,
        certificate: certificates.find(({ parcelId }) => parcelId === id)?.certificate ?? null,
        encumbrances: open.filter(({ parcelId }) => parcelId === id),
        hasUnpaidObligation: unpaid.some(({ parcelId }) => parcelId === id),
      },
    ]),
  );
}

/** The parcel, if it is in force. Its absence or its end becomes a problem. */
export function inForce<Parcel extends Pick<LockedParcel, "live">>(
  parcel: Parcel | undefined,
  path: Path,
  problems: Problems,
): (Parcel & { live: NonNullable<Parcel["live"]> }) | undefined {
  const { live } = parcel ?? {};
  if (parcel && live) return { ...parcel, live };
  problems.add(path, parcel ? parcelEnded() : parcelUnknown());
  return undefined;
}

/** Adds what stops every act that changes holders, splits or merges (Land Law 31/2024, art. 45 and 220). */
export function demandTransferable(
  { live, certificate, encumbrances, hasUnpaidObligation }: LockedParcel,
  on: LegalDay,
  path: Path,
  problems: Problems,
): void {
  if (!certificate) problems.add(path, certificateMissing());
  for (const encumbrance of encumbrances) problems.add(path, parcelEncumbered(encumbrance));
  if (hasUnpaidObligation) problems.add(path, obligationUnpaid());
  if (live?.termEndsOn && live.termEndsOn < on) problems.add(path, termEnded());
}

async function liveVersions(tx: Tx, ids: string[]) {
  const rows = await tx
    .select()
    .from(liveParcels)
    .innerJoin(
      parcelVersions,
      and(eq(parcelVersions.parcelId, liveParcels.parcelId), eq(parcelVersions.version, liveParcels.version)),
    )
    .where(inArray(liveParcels.parcelId, ids));
  return rows.map((row) => row.parcel_versions);
}

async function liveCertificatesOf(tx: Tx, ids: string[]) {
  const rows = await tx
    .select()
    .from(liveCertificates)
    .innerJoin(
      certificateVersions,
      and(
        eq(certificateVersions.certificateId, liveCertificates.certificateId),
        eq(certificateVersions.version, liveCertificates.version),
      ),
    )
    .innerJoin(
      certificateHolders,
      and(
        eq(certificateHolders.certificateId, liveCertificates.certificateId),
        eq(certificateHolders.version, liveCertificates.version),
      ),
    )
    .where(inArray(liveCertificates.parcelId, ids))
    .orderBy(asc(certificateHolders.personalId));
  return ids.flatMap((parcelId) => {
    const own = rows.filter((row) => row.live_certificates.parcelId === parcelId);
    const [first] = own;
    if (!first) return [];
    const holders = own.map(({ certificate_holders: { personalId, fullName, shares } }) => ({
      ...{ personalId, fullName },
      share: reduced(shares, first.certificate_versions.shareTotal),
    }));
    return [
      { parcelId, certificate: { ...first.certificate_versions, serial: first.live_certificates.serial, holders } },
    ];
  });
}

function encumbrancesInForce(tx: Tx, ids: string[]) {
  return tx
    .select({
      parcelId: encumbrances.parcelId,
      kind: encumbrances.kind,
      party: encumbrances.party,
      registeredOn: acts.effectiveOn,
    })
    .from(encumbrances)
    .innerJoin(acts, eq(acts.id, encumbrances.id))
    .leftJoin(encumbranceEnds, eq(encumbranceEnds.encumbranceId, encumbrances.id))
    .where(and(inArray(encumbrances.parcelId, ids), isNull(encumbranceEnds.encumbranceId)))
    .orderBy(asc(encumbrances.kind), asc(encumbrances.id));
}

function unpaidObligations(tx: Tx, ids: string[]) {
  return tx
    .select({ parcelId: obligations.parcelId })
    .from(obligations)
    .leftJoin(obligationSettlements, eq(obligationSettlements.obligationId, obligations.id))
    .where(and(inArray(obligations.parcelId, ids), isNull(obligationSettlements.obligationId)));
}
