import { and, desc, eq } from "drizzle-orm";
import type { Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, performAct } from "../acts/perform-act.ts";
import { takeBookNumber } from "../books/take-number.ts";
import { entryUnknown, identityChanges, nothingChanges } from "../corrections/errors.ts";
import { lockEntry } from "../corrections/locked-head.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { demandAsRegistered } from "../persons/as-registered.ts";
import type { DeathCorrectionInput } from "./input.ts";
import { readDeath } from "./read-death.ts";
import { deaths, deathVersions } from "./tables.ts";

/** Changes the facts of a death: a new version, the one before stays readable (Law on Civil Status 60/2014, art. 26 to 29). */
export function correctDeath(
  ctx: CivilStatusContext,
  input: DeathCorrectionInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: input.kind, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const entry = (await lockEntry(tx, deaths, input.death)) ? await inForce(tx, input.death) : undefined;
    if (!entry) {
      problems.add(["death"], entryUnknown());
      return undefined;
    }
    const { head, version } = entry;
    const { formerRegistration } = version.details;
    const facts = readDeath({ ...input.facts, kind: head.kind, formerRegistration }, act.on, ["facts"], problems);
    if (!facts) return undefined;
    const { deceased } = facts.details;
    const paths = { person: ["facts", "deceased"], sex: ["facts", "sex"] };
    await demandAsRegistered(tx, { person: deceased, sex: facts.sex }, paths, problems);
    if (deceased.personalId !== head.personalId) problems.add([...paths.person, "personalId"], identityChanges());
    const { sex, diedOn, details } = version;
    if (JSON.stringify(facts) === JSON.stringify({ sex, diedOn, details })) problems.add(["facts"], nothingChanges());
    if (problems.found.length > 0) return undefined;
    await tx.insert(deathVersions).values({
      ...{ deathId: head.id, version: version.version + 1, validFrom: act.on, actId: act.id },
      ...{ recordedBy: act.by, ground: act.ground },
      ...{ fullName: deceased.fullName, dateOfBirth: deceased.dateOfBirth, ...facts },
    });
    await takeBookNumber(tx, "CHANGE", act);
    const citizens = [head.personalId ?? head.id];
    return { entries: [head.id], citizens, changed: ["death_versions.*", "book_numbers.*"] };
  });
}

async function inForce(tx: Tx, id: string) {
  const [found] = await tx
    .select({ head: deaths, version: deathVersions })
    .from(deaths)
    .innerJoin(deathVersions, and(eq(deathVersions.deathId, deaths.id)))
    .where(eq(deaths.id, id))
    .orderBy(desc(deathVersions.version))
    .limit(1);
  return found;
}
