import type { LegalDay } from "../../_shared/reference/days.ts";
import { type PersonalId, parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { sameName } from "../../_shared/reference/person-names.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import {
  giverNotHolder,
  holderNameDiffers,
  holdersMissing,
  namedTwice,
  receiverGives,
  sharesNotWhole,
  sharesUnequal,
  shareTooLarge,
} from "../errors.ts";
import type { LandContext } from "../loaders.ts";
import {
  demandTransferable,
  type Holder,
  inForce,
  type LiveCertificate,
  lockParcels,
  type ParcelInForce,
} from "../parcels/locked-parcels.ts";
import { parseParcelCode } from "../parcels/parcel-code.ts";
import { certificateVersions } from "../tables.ts";
import { enterHolders, type NewHolder, readHolders } from "./holders.ts";
import type { LandGiverInput, LandHolderInput, LandTransferInput } from "./input.ts";
import { balance, inCommonTerms, isLarger, isSameSum, parseShare, type Share } from "./shares.ts";

type Giver = { personalId: PersonalId; share: Share | undefined };

/** A change of holders as it is requested. A name of a giver is compared with the certificate. */
export type TransferRequest = {
  from: readonly (LandGiverInput & { fullName?: string })[];
  to: readonly LandHolderInput[];
};

/** A change of holders that may be entered. */
export type Transfer = {
  parcel: string;
  certificate: LiveCertificate;
  holders: readonly Holder[];
  terms: { total: number; numerators: number[] };
};

/** Registers a change of holders. The certificate in force gets a new version; the former holders stay in the one before. */
export function transferLand(ctx: LandContext, input: LandTransferInput, idempotencyKey: string): Promise<ActOutcome> {
  const requested = { kind: input.kind, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const code = problems.take(["parcel"], parseParcelCode(input.parcel));
    const parcel = code && inForce((await lockParcels(tx, [code])).get(code), ["parcel"], problems);
    const transfer = examineTransfer(parcel, input, act.on, problems);
    return transfer && enterTransfer(tx, act, transfer);
  });
}

/** The change of holders of a parcel, if nothing prevents it. Everything that does becomes a problem. */
export function examineTransfer(
  parcel: ParcelInForce | undefined,
  request: TransferRequest,
  on: LegalDay,
  problems: Problems,
): Transfer | undefined {
  const givers = readGivers(request.from, problems);
  const receivers = readHolders(request.to, ["to"], problems);
  if (!parcel) return undefined;
  demandTransferable(parcel, on, ["parcel"], problems);
  const { certificate } = parcel;
  if (!certificate) return undefined;
  const given = giversShares(request, givers, certificate.holders, problems);
  demandConsistentReceivers(request, receivers, certificate.holders, problems);
  if (problems.found.length > 0) return undefined;
  const received = receivers.map(({ share }) => share);
  if (!isSameSum([...given.values()], received)) {
    problems.add(["to"], sharesUnequal());
    return undefined;
  }
  const holders = holdersAfter(certificate.holders, given, receivers);
  const terms = inCommonTerms(holders.map(({ share }) => share));
  if (terms) return { parcel: parcel.id, certificate, holders, terms };
  problems.add(["to"], sharesNotWhole());
  return undefined;
}

/** Enters a change of holders. */
export async function enterTransfer(
  tx: Tx,
  act: Act,
  { parcel, certificate, holders, terms }: Transfer,
): Promise<NonNullable<Performed>> {
  await enterNextVersion(tx, act, certificate, holders, terms);
  const citizens = [...certificate.holders, ...holders].map(({ personalId }) => personalId);
  return { parcels: [parcel], citizens, changed: ["certificate_versions.*", "certificate_holders.*"] };
}

function readGivers(input: readonly LandGiverInput[], problems: Problems): Giver[] {
  if (input.length === 0) problems.add(["from"], holdersMissing());
  return input.flatMap(({ personalId, share }, index) => {
    const number = problems.take(["from", index, "personalId"], parsePersonalId(personalId));
    const part = share ? problems.take(["from", index, "share"], parseShare(share)) : undefined;
    if (input.findIndex((other) => other.personalId === personalId) < index)
      problems.add(["from", index, "personalId"], namedTwice());
    return number ? [{ personalId: number, share: part }] : [];
  });
}

/** Share that each giver gives away of his or her own. */
function giversShares(
  { from }: TransferRequest,
  givers: readonly Giver[],
  holders: readonly Holder[],
  problems: Problems,
): Map<string, Share> {
  const given = new Map<string, Share>();
  for (const { personalId, share } of givers) {
    const index = from.findIndex((each) => each.personalId === personalId);
    const stated = from[index]?.fullName;
    const held = holders.find((holder) => holder.personalId === personalId);
    if (!held) problems.add(["from", index, "personalId"], giverNotHolder());
    else if (share && isLarger(share, held.share)) problems.add(["from", index, "share"], shareTooLarge());
    else given.set(personalId, share ?? held.share);
    if (held?.fullName && stated !== undefined && !sameName(held.fullName, stated))
      problems.add(["from", index, "fullName"], holderNameDiffers());
  }
  return given;
}

function demandConsistentReceivers(
  { from, to }: TransferRequest,
  receivers: readonly NewHolder[],
  holders: readonly Holder[],
  problems: Problems,
): void {
  for (const { personalId, fullName } of receivers) {
    const index = to.findIndex((each) => each.personalId === personalId);
    if (from.some((giver) => giver.personalId === personalId))
      problems.add(["to", index, "personalId"], receiverGives());
    const registered = holders.find((holder) => holder.personalId === personalId)?.fullName;
    if (registered && !sameName(registered, fullName)) problems.add(["to", index, "fullName"], holderNameDiffers());
  }
}

function holdersAfter(
  before: readonly Holder[],
  given: ReadonlyMap<string, Share>,
  receivers: readonly NewHolder[],
): Holder[] {
  const joined = receivers.filter(({ personalId }) => !before.some((holder) => holder.personalId === personalId));
  return [...before.map(({ share, ...holder }) => ({ ...holder, held: share })), ...joined].flatMap((person) => {
    const { personalId, fullName } = person;
    const received = receivers.find((each) => each.personalId === personalId);
    const held = "held" in person ? person.held : undefined;
    const share = balance(held, given.get(personalId), received?.share);
    return share ? [{ personalId, fullName: fullName ?? received?.fullName ?? null, share }] : [];
  });
}

async function enterNextVersion(
  tx: Tx,
  { id, on, by, ground }: Act,
  { certificateId, version, issuedOn, bookNumber }: LiveCertificate,
  holders: readonly Holder[],
  { total, numerators }: { total: number; numerators: number[] },
): Promise<void> {
  const next = { certificateId, version: version + 1 };
  await tx.insert(certificateVersions).values({
    ...next,
    ...{ validFrom: on, recordedBy: by, ground, actId: id },
    ...{ issuedOn, bookNumber, shareTotal: total },
  });
  await enterHolders(tx, next, holders, numerators);
}
