import * as z from "zod";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import { type Part, type PartProblem, procedure } from "../../_shared/parts/procedure.ts";
import { type LegalDay, legalDayOf, parseLegalDay } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import { enterTransfer, examineTransfer, type Transfer } from "../certificates/transfer.ts";
import { lockParcels, type ReadParcels, readParcels } from "../parcels/locked-parcels.ts";
import { performForPart } from "./act-for-part.ts";
import { parcelOfRequest } from "./certificate-of-request.ts";
import { type BundleContent, bundleContent, type FormContent, formContent } from "./contents.ts";
import { contractInFuture, enteredByOfficer } from "./errors.ts";
import { type RequestedTransfer, requestedTransfer } from "./requested-transfer.ts";

type Content = BundleContent | FormContent;
type Examined = { problems: PartProblem[]; kind: RequestedTransfer["kind"]; transfer: Transfer | undefined };

const TRANSFER_LAW = "Luật Đất đai số 31/2024/QH15, Điều 45";

/**
 * Registration of a transfer, gift or inheritance (đăng ký biến động), 1.013831: Land Law 31/2024, art. 45. An officer looks at
 * every one, because no register proves the contract. For the other cases of the form the register has no act: the officer who
 * grants one enters by hand what the register can hold.
 */
export const transferRegistration = procedure<Content, undefined>({
  procedure: "1.013831",
  content: z.union([bundleContent, formContent]),

  async examine(tx, part) {
    const { problems, kind } = await examine(tx, part, legalDayOf(part.receivedAt), readParcels);
    const verify = ["CONTRACT_NOT_PROVEN"];
    return { problems, verify: kind === null ? [...verify, "NO_ACT_FOR_CASE"] : verify, found: undefined };
  },

  async grant(tx, part, _found, by, on) {
    const { kind, transfer } = await examine(tx, part, on, lockParcels);
    if (kind === null) return { facts: {} };
    if (!transfer) throw new LostRace(); // an act changed the parcel after the examination
    await performForPart(tx, part, { kind, on, by }, (act) => enterTransfer(tx, act, transfer));
    return { facts: {} };
  },
});

async function examine(tx: Tx, part: Part<Content>, on: LegalDay, read: ReadParcels): Promise<Examined> {
  const problems = new Problems();
  const { content, receivedAt } = part;
  const { certificate, parcel: code, place } = requestedTransfer(content);
  const parcel = await parcelOfRequest(tx, { certificate, parcel: code, place }, read, problems);
  const request = requestedTransfer(content, shareOfTransferor(content, parcel?.certificate?.holders ?? []));
  const signedOn = problems.take(["signedOn"], parseLegalDay(request.signedOn));
  if (signedOn && signedOn > legalDayOf(receivedAt)) problems.add(["signedOn"], contractInFuture());
  // the acts of the officer who granted it may be lost or kept, and nobody can tell from the dossier which they were
  if (content.grantedBefore && !request.kind) problems.add(["case"], enteredByOfficer());
  const transfer = request.kind ? examineTransfer(parcel, request, on, problems) : undefined;
  problems.found.push(...newerFactProblems(content, [parcel?.live, parcel?.certificate]));
  const inContent = problems.found.map((found) => ({
    ...{ ...found, path: request.pathOf(found.path), legalBasis: TRANSFER_LAW },
  }));
  return { problems: inContent, kind: request.kind, transfer: inContent.length > 0 ? undefined : transfer };
}

/** All that the transferor of a form holds. */
function shareOfTransferor(
  content: Content,
  holders: readonly { personalId: string; share: { numerator: number; denominator: number } }[],
) {
  if ("land" in content) return undefined;
  return holders.find(({ personalId }) => personalId === content.transferor.personalId)?.share;
}
