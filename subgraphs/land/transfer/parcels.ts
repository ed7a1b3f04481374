import { and, asc, eq, gt, inArray, or, type SQL } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import { nameWords } from "../../_shared/reference/name-words.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Candidate, Origin, TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { parcelExists, parcelNumberTaken, serialTaken } from "../errors.ts";
import {
  certificateHolders,
  certificates,
  certificateVersions,
  liveCertificates,
  liveParcels,
  parcels,
  parcelVersions,
} from "../tables.ts";
import { PARCEL_COLUMNS, type ParcelRow, readParcel } from "./parcel-record.ts";

/** Parcels in force, each with its certificate and holders. Encumbrances and obligations are entered by acts alone. */
export const parcelRecords: TransferKind<ParcelRow> = {
  name: "PARCEL",
  columns: PARCEL_COLUMNS,
  keyColumns: ["code"],
  citizensOf: ({ holders }) => holders.map(({ personalId }) => personalId),
  async page(tx, after, size) {
    const rows = await storedParcels(tx, after === null ? undefined : gt(liveParcels.parcelId, after), size);
    return { rows, next: rows.length < size ? null : (rows.at(-1)?.code ?? null) };
  },
  importing: {
    changed: ["parcels.*", "parcel_versions.*", "certificates.*", "certificate_versions.*", "certificate_holders.*"],
    read: readParcel,
    keyOf: ({ code }) => code,
    stored: (tx, keys) => storedParcels(tx, inArray(liveParcels.parcelId, [...keys]), keys.length),
    examine: examineParcels,
    enter: enterParcels,
  },
};

async function storedParcels(tx: Tx, where: SQL | undefined, size: number): Promise<ParcelRow[]> {
  const rows = await tx
    .select({
      ...{ code: liveParcels.parcelId, commune: parcelVersions.communeCode, sheetNumber: parcelVersions.sheetNo },
      ...{ parcelNumber: parcelVersions.parcelNo, areaM2: parcelVersions.areaM2, purpose: parcelVersions.purpose },
      ...{ termEndsOn: parcelVersions.termEndsOn, registeredOn: parcelVersions.validFrom },
      ...{ certificateId: liveCertificates.certificateId, version: liveCertificates.version },
      ...{ serial: liveCertificates.serial, issuedOn: liveCertificates.issuedOn },
      bookNumber: certificateVersions.bookNumber,
    })
    .from(liveParcels)
    .innerJoin(
      parcelVersions,
      and(eq(parcelVersions.parcelId, liveParcels.parcelId), eq(parcelVersions.version, liveParcels.version)),
    )
    .leftJoin(liveCertificates, eq(liveCertificates.parcelId, liveParcels.parcelId))
    .leftJoin(
      certificateVersions,
      and(
        eq(certificateVersions.certificateId, liveCertificates.certificateId),
        eq(certificateVersions.version, liveCertificates.version),
      ),
    )
    .where(where)
    .orderBy(asc(liveParcels.parcelId))
    .limit(size);
  const holders = await holdersOf(
    tx,
    rows.flatMap(({ certificateId }) => certificateId ?? []),
  );
  return rows.map(({ certificateId, version, serial, issuedOn, bookNumber, ...parcel }) => ({
    ...parcel,
    certificate: serial !== null && issuedOn !== null ? { serial, bookNumber, issuedOn } : null,
    holders: holders.get(`${certificateId} ${version}`) ?? [],
  }));
}

/** Holders of the versions of certificates, by their numbers. */
async function holdersOf(tx: Tx, certificateIds: readonly string[]): Promise<Map<string, ParcelRow["holders"]>> {
  const found = new Map<string, ParcelRow["holders"]>();
  if (certificateIds.length === 0) return found;
  const rows = await tx
    .select()
    .from(certificateHolders)
    .where(inArray(certificateHolders.certificateId, [...certificateIds]))
    .orderBy(asc(certificateHolders.personalId));
  for (const { certificateId, version, personalId, fullName, shares } of rows) {
    const key = `${certificateId} ${version}`;
    found.set(key, [...(found.get(key) ?? []), { personalId, fullName, shares }]);
  }
  return found;
}

/** Adds a problem for a code of a former parcel, a number of another one, and a serial that was used. */
async function examineParcels(tx: Tx, candidates: readonly Candidate<ParcelRow>[]): Promise<void> {
  if (candidates.length === 0) return;
  const rows = candidates.map(({ row }) => row);
  const serials = rows.flatMap(({ certificate }) => certificate?.serial ?? []);
  const former = await tx
    .select({ id: parcels.id })
    .from(parcels)
    .where(
      inArray(
        parcels.id,
        rows.map(({ code }) => code),
      ),
    );
  const used =
    serials.length === 0
      ? []
      : await tx
          .select({ serial: certificates.serial })
          .from(certificates)
          .where(inArray(certificates.serial, serials));
  const places = await tx
    .select({ commune: liveParcels.communeCode, sheet: liveParcels.sheetNo, parcel: liveParcels.parcelNo })
    .from(liveParcels)
    .where(or(...rows.map(placeIs)));
  const codes = new Set(former.map(({ id }) => id));
  const taken = new Set(places.map(({ commune, sheet, parcel }) => `${commune} ${sheet} ${parcel}`));
  const usedSerials = new Set(used.map(({ serial }) => serial));
  for (const { row, problems } of candidates) {
    if (codes.has(row.code)) problems.add(["code"], parcelExists());
    if (taken.has(`${row.commune} ${row.sheetNumber} ${row.parcelNumber}`))
      problems.add(["parcelNumber"], parcelNumberTaken());
    if (row.certificate && usedSerials.has(row.certificate.serial))
      problems.add(["certificate", "serial"], serialTaken());
  }
}

function placeIs({ commune, sheetNumber, parcelNumber }: ParcelRow): SQL | undefined {
  const { communeCode, sheetNo, parcelNo } = liveParcels;
  return and(eq(communeCode, commune), eq(sheetNo, sheetNumber), eq(parcelNo, parcelNumber));
}

async function enterParcels(tx: Tx, rows: readonly ParcelRow[], origin: Origin): Promise<void> {
  await insertMany(
    tx,
    parcels,
    rows.map(({ code }) => ({ id: code })),
  );
  await insertMany(
    tx,
    parcelVersions,
    rows.map(({ code, commune, sheetNumber, parcelNumber, areaM2, purpose, termEndsOn, registeredOn }) => ({
      ...{ ...origin, parcelId: code, validFrom: registeredOn, communeList: COMMUNE_LIST, communeCode: commune },
      ...{ sheetNo: sheetNumber, parcelNo: parcelNumber, areaM2, purpose, termEndsOn },
    })),
  );
  await enterCertificates(tx, rows, origin);
}

async function enterCertificates(tx: Tx, rows: readonly ParcelRow[], origin: Origin): Promise<void> {
  const issued = rows.flatMap(({ code, certificate, holders }) =>
    certificate ? [{ ...certificate, id: uuidv7(), code, holders }] : [],
  );
  await insertMany(
    tx,
    certificates,
    issued.map(({ id, serial, code }) => ({ id, serial, parcelId: code })),
  );
  await insertMany(
    tx,
    certificateVersions,
    issued.map(({ id: certificateId, issuedOn, bookNumber, holders }) => ({
      ...{ ...origin, certificateId, issuedOn, bookNumber, validFrom: issuedOn },
      shareTotal: holders.reduce((sum, { shares }) => sum + shares, 0),
    })),
  );
  await insertMany(
    tx,
    certificateHolders,
    issued.flatMap(({ id: certificateId, holders }) =>
      holders.map(({ personalId, fullName, shares }) => ({
        ...{ certificateId, version: 1, personalId, fullName, shares },
        nameWords: fullName === null ? null : nameWords(fullName),
      })),
    ),
  );
}
