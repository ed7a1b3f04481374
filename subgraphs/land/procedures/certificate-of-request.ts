import { eq } from "drizzle-orm";
import { parseLandCertificateSerial } from "../../_shared/reference/identifiers/land-certificate.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { inForce, type ParcelInForce, type ReadParcels } from "../parcels/locked-parcels.ts";
import { parseParcelCode } from "../parcels/parcel-code.ts";
import { certificates, liveCertificates } from "../tables.ts";
import { certificateEnded, certificateOfOtherParcel, certificateUnknown, parcelFactsDiffer } from "./errors.ts";
import type { RequestedTransfer, StatedPlace } from "./requested-transfer.ts";

/**
 * The parcel of the certificate that a request names; undefined, with problems, if the certificate is not in force or is that of
 * another parcel. Facts of a parcel are thus told only to those who know its certificate.
 */
export async function parcelOfRequest(
  tx: Tx,
  { certificate: rawSerial, parcel: rawCode, place }: Pick<RequestedTransfer, "certificate" | "parcel" | "place">,
  read: ReadParcels,
  problems: Problems,
): Promise<ParcelInForce | undefined> {
  const serial = problems.take(["certificate"], parseLandCertificateSerial(rawSerial));
  const found = serial && (await certificateOf(tx, serial));
  if (serial && !found) problems.add(["certificate"], certificateUnknown());
  const code = rawCode === null ? found?.parcelId : problems.take(["parcel"], parseParcelCode(rawCode));
  if (!found || !code) return undefined;
  const parcel = inForce((await read(tx, [code])).get(code), ["parcel"], problems);
  if (!parcel) return undefined;
  if (!found.isLive) problems.add(["certificate"], certificateEnded());
  if (found.parcelId !== parcel.id) problems.add(["certificate"], certificateOfOtherParcel());
  if (!found.isLive || found.parcelId !== parcel.id) return undefined;
  if (place && !isAt(parcel, place)) problems.add(["parcel"], parcelFactsDiffer());
  return parcel;
}

async function certificateOf(tx: Tx, serial: string): Promise<{ parcelId: string; isLive: boolean } | undefined> {
  const [row] = await tx
    .select({ parcelId: certificates.parcelId, live: liveCertificates.certificateId })
    .from(certificates)
    .leftJoin(liveCertificates, eq(liveCertificates.certificateId, certificates.id))
    .where(eq(certificates.serial, serial));
  return row && { parcelId: row.parcelId, isLive: row.live !== null };
}

function isAt({ live }: ParcelInForce, { commune, sheet, number, areaM2 }: StatedPlace): boolean {
  const { communeCode, sheetNo, parcelNo } = live;
  return communeCode === commune && sheetNo === sheet && parcelNo === number && live.areaM2 === areaM2;
}
