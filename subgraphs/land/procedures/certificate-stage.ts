import type { z } from "zod";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import { type Part, type PartProblem, procedure } from "../../_shared/parts/procedure.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import { type Blank, readBlank, replaceCertificate } from "../certificates/issue.ts";
import { certificateMissing, obligationUnpaid } from "../errors.ts";
import {
  inForce,
  type LiveCertificate,
  lockParcels,
  type ReadParcels,
  readParcels,
} from "../parcels/locked-parcels.ts";
import { performForPart } from "./act-for-part.ts";
import { certificateContent } from "./contents.ts";
import { blankNotStated } from "./errors.ts";

type CertificatePart = Part<z.infer<typeof certificateContent>>;
type StatedBlank = Partial<Blank> | undefined;
type Issue = { certificate: LiveCertificate; blank: Blank };

/**
 * Stage "certificate" of a transfer (cấp giấy chứng nhận): an officer states the blank, `serial` and `bookNumber`, with the grant. It
 * is issued to the holders in place of the certificate in force.
 */
export const certificateStage = procedure<CertificatePart["content"], StatedBlank>({
  procedure: "land-certificate",
  inBundlesOnly: true,
  content: certificateContent,

  async examine(tx, part) {
    const blank = part.content.grantedBefore ?? part.stated;
    const verify = ["BLANK_TO_STATE"];
    if (!blank) return { problems: [], verify, found: undefined };
    const { problems } = await examineIssue(tx, part, blank, readParcels);
    return { problems, verify, found: blank };
  },

  async grant(tx, part, stated, by, on) {
    const { issue } = await examineIssue(tx, part, stated, lockParcels);
    if (!issue) throw new LostRace(); // an act changed the parcel after the examination
    const { parcel } = part.content.land;
    await performForPart(tx, part, { kind: "CERTIFICATE", on, by }, (act) =>
      replaceCertificate(tx, act, { parcel, ...issue }),
    );
    return { facts: issue.blank };
  },
});

async function examineIssue(
  tx: Tx,
  { content }: CertificatePart,
  stated: StatedBlank,
  read: ReadParcels,
): Promise<{ problems: PartProblem[]; issue: Issue | undefined }> {
  const problems = new Problems();
  const { land } = content;
  const path = ["land", "parcel"];
  const parcel = inForce((await read(tx, [land.parcel])).get(land.parcel), path, problems);
  if (parcel && !parcel.certificate) problems.add(path, certificateMissing());
  if (parcel?.hasUnpaidObligation) problems.add(path, obligationUnpaid());
  problems.found.push(...newerFactProblems(content, [parcel?.live, parcel?.certificate]));
  const { serial, bookNumber } = stated ?? {};
  if (!serial || !bookNumber) problems.add(["serial"], blankNotStated());
  const blank = serial && bookNumber ? await readBlank(tx, { serial, bookNumber }, [], problems) : undefined;
  const { certificate } = parcel ?? {};
  const issue = certificate && blank && problems.found.length === 0 ? { certificate, blank } : undefined;
  return { problems: problems.found, issue };
}
