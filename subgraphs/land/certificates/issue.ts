import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { parseLandCertificateSerial } from "../../_shared/reference/identifiers/land-certificate.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import { certificateMissing, obligationUnpaid, serialTaken } from "../errors.ts";
import type { LandContext } from "../loaders.ts";
import { type Holder, inForce, type LiveCertificate, lockParcels } from "../parcels/locked-parcels.ts";
import { parseParcelCode } from "../parcels/parcel-code.ts";
import { certificates, certificateVersions } from "../tables.ts";
import { enterHolders } from "./holders.ts";
import type { LandBlankInput, LandCertificateIssueInput } from "./input.ts";
import { inCommonTerms } from "./shares.ts";

/** Serial and book number of a certificate that is issued. */
export type Blank = { serial: string; bookNumber: string };

export const LONGEST_BOOK_NUMBER = 30;

/** The blank of an input; undefined, with problems, if it is unreadable or was used. */
export async function readBlank(
  tx: Tx,
  { serial: rawSerial, bookNumber: rawNumber }: LandBlankInput,
  path: Path,
  problems: Problems,
): Promise<Blank | undefined> {
  const serial = problems.take([...path, "serial"], parseLandCertificateSerial(rawSerial));
  const bookNumber = problems.take([...path, "bookNumber"], parseFreeText(rawNumber, LONGEST_BOOK_NUMBER));
  if (!serial) return undefined;
  const [used] = await tx.select({ id: certificates.id }).from(certificates).where(eq(certificates.serial, serial));
  if (used) problems.add([...path, "serial"], serialTaken());
  return bookNumber && !used ? { serial, bookNumber } : undefined;
}

/** Issues a certificate in place of the one in force, to the same holders, once all obligations of the parcel are settled. */
export function issueCertificate(
  ctx: LandContext,
  input: LandCertificateIssueInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "CERTIFICATE" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => issue(tx, act, input, problems));
}

async function issue(tx: Tx, act: Act, input: LandCertificateIssueInput, problems: Problems): Promise<Performed> {
  const code = problems.take(["parcel"], parseParcelCode(input.parcel));
  const parcel = code && inForce((await lockParcels(tx, [code])).get(code), ["parcel"], problems);
  const blank = await readBlank(tx, input.certificate, ["certificate"], problems);
  if (!parcel) return undefined;
  const { certificate } = parcel;
  if (!certificate) problems.add(["parcel"], certificateMissing());
  if (parcel.hasUnpaidObligation) problems.add(["parcel"], obligationUnpaid());
  if (!certificate || !blank || problems.found.length > 0) return undefined;
  return replaceCertificate(tx, act, { parcel: parcel.id, certificate, blank });
}

type Replacement = { parcel: string; certificate: LiveCertificate; blank: Blank };

/** Ends the certificate in force and enters one to the same holders. */
export async function replaceCertificate(
  tx: Tx,
  act: Act,
  { parcel, certificate, blank }: Replacement,
): Promise<NonNullable<Performed>> {
  await endCertificate(tx, act, certificate);
  await enterCertificate(tx, act, { parcel, blank, holders: certificate.holders });
  const citizens = certificate.holders.map(({ personalId }) => personalId);
  return { parcels: [parcel], citizens, changed: ["certificates.*", "certificate_versions.*"] };
}

/** Ends a certificate: its last version has no holders. */
export async function endCertificate(
  tx: Tx,
  { id, on, by, ground }: Act,
  { certificateId, version, issuedOn, bookNumber }: LiveCertificate,
): Promise<void> {
  await tx.insert(certificateVersions).values({
    ...{ certificateId, version: version + 1, state: "ENDED" as const, shareTotal: 0, issuedOn, bookNumber },
    ...{ validFrom: on, recordedBy: by, ground, actId: id },
  });
}

type NewCertificate = { parcel: string; blank: Blank; holders: readonly Holder[] };

/** Enters a new certificate of a parcel that has none in force. @throws if the holders' shares are no whole */
export async function enterCertificate(
  tx: Tx,
  { id, on, by, ground }: Act,
  { parcel, blank, holders }: NewCertificate,
): Promise<void> {
  const terms = inCommonTerms(holders.map(({ share }) => share));
  if (!terms) throw new Error("The shares of a certificate are checked before it is entered");
  const certificateId = uuidv7();
  const version = { certificateId, version: 1 };
  await tx.insert(certificates).values({ id: certificateId, serial: blank.serial, parcelId: parcel });
  await tx.insert(certificateVersions).values({
    ...{ ...version, shareTotal: terms.total, issuedOn: on, bookNumber: blank.bookNumber },
    ...{ validFrom: on, recordedBy: by, ground, actId: id },
  });
  await enterHolders(tx, version, holders, terms.numerators);
}
