import { desc, eq } from "drizzle-orm";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, performAct } from "../acts/perform-act.ts";
import { takeBookNumber } from "../books/take-number.ts";
import { entryUnknown, identityChanges, nothingChanges } from "../corrections/errors.ts";
import { lockEntry } from "../corrections/locked-head.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { demandAsRegistered } from "../persons/as-registered.ts";
import { readPerson } from "../persons/read-person.ts";
import type { RecordedPerson } from "../persons/recorded.ts";
import type { MarriageCorrectionInput } from "./input.ts";
import { demandAges } from "./read-marriage.ts";
import { marriages, marriageVersions } from "./tables.ts";

type Entry = { head: typeof marriages.$inferSelect; version: typeof marriageVersions.$inferSelect };
type Couple = { husband: RecordedPerson; wife: RecordedPerson };

/** Changes the facts of a marriage: a new version, the one before stays readable (Law on Civil Status 60/2014, art. 26 to 29). */
export function correctMarriage(
  ctx: CivilStatusContext,
  input: MarriageCorrectionInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: input.kind, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const entry = (await lockEntry(tx, marriages, input.marriage)) ? await inForce(tx, input.marriage) : undefined;
    if (!entry) {
      problems.add(["marriage"], entryUnknown());
      return undefined;
    }
    const { head, version } = entry;
    const { husband, wife } = version.details;
    const couple = {
      husband: input.husband ? readPerson(input.husband, ["husband"], problems) : husband,
      wife: input.wife ? readPerson(input.wife, ["wife"], problems) : wife,
    };
    const changed = isWhole(couple) ? await demandCorrection(tx, entry, couple, problems) : undefined;
    if (!changed || problems.found.length > 0) return undefined;
    await tx.insert(marriageVersions).values({
      ...{ marriageId: head.id, version: version.version + 1, validFrom: act.on, actId: act.id },
      ...{ recordedBy: act.by, ground: act.ground },
      ...{ husbandName: changed.husband.fullName, wifeName: changed.wife.fullName },
      details: { ...version.details, ...changed },
    });
    await takeBookNumber(tx, "CHANGE", act);
    const citizens = [changed.husband, changed.wife].map(({ personalId }) => personalId ?? head.id);
    return { entries: [head.id], citizens, changed: ["marriage_versions.*", "book_numbers.*"] };
  });
}

/** Adds what prevents a correction. @returns the corrected couple */
async function demandCorrection(tx: Tx, { head, version }: Entry, couple: Couple, problems: Problems): Promise<Couple> {
  demandAges(couple, head.marriedOn, problems);
  const { husband, wife } = version.details;
  const before = { husband, wife };
  if (JSON.stringify(couple) === JSON.stringify(before)) problems.add([], nothingChanges());
  for (const [who, sex] of [["husband", "MALE"] as const, ["wife", "FEMALE"] as const]) {
    const paths = { person: [who], sex: [who, "personalId"] };
    await demandAsRegistered(tx, { person: couple[who], sex }, paths, problems);
    if (couple[who].personalId !== before[who].personalId) problems.add([who, "personalId"], identityChanges());
  }
  return couple;
}

function isWhole(couple: { [Who in keyof Couple]: Couple[Who] | undefined }): couple is Couple {
  return couple.husband !== undefined && couple.wife !== undefined;
}

async function inForce(tx: Tx, id: string): Promise<Entry | undefined> {
  const [found] = await tx
    .select({ head: marriages, version: marriageVersions })
    .from(marriages)
    .innerJoin(marriageVersions, eq(marriageVersions.marriageId, marriages.id))
    .where(eq(marriages.id, id))
    .orderBy(desc(marriageVersions.version))
    .limit(1);
  return found;
}
