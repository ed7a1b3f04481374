import { eq, or } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { parseLegalDay } from "../../_shared/reference/days.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import { recognitions } from "../birth-acts/tables.ts";
import { likenessesOf } from "../birth-likenesses.ts";
import { birthOrderOf, declaredOrder } from "../birth-orders.ts";
import { dayProblems, placeProblems } from "../birth-rules.ts";
import { birthsLike, newBirth, takeNumber } from "../births.ts";
import { takeBookNumber } from "../books/take-number.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { births, birthVersions, citizenNumbers } from "../tables.ts";
import { birthOfPersonRegistered, likenessNotCompared } from "./errors.ts";
import type { CivilBirthInput } from "./input.ts";
import { type BirthAct, readBirthAct } from "./read-birth.ts";

const CHANGED = ["births.*", "birth_versions.*", "birth_numbers.*"];

/**
 * Registers a birth by a registrar's own act: in time or late, again (before 2016), or noted after its registration abroad; Law on Civil
 * Status 60/2014, art. 13 to 16. What makes an officer look at a dossier is no problem here, because a registrar decides.
 */
export function registerBirth(
  ctx: CivilStatusContext,
  input: CivilBirthInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "BIRTH" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const read = readBirthAct(input, problems);
    // first, because it waits for a registration of the same child, which the examination then finds
    const likenesses = await likenessesOf(tx, read.content);
    const order = await examine(tx, act, read, problems);
    if (problems.found.length > 0 || order === undefined) return undefined;
    const open = likenesses.filter(({ id }) => !input.compared?.some((each) => each.toLowerCase() === id));
    if (open.length > 0) {
      problems.add(["compared"], likenessNotCompared(open.map(({ id }) => id)));
      return undefined;
    }
    return enterBirth(tx, act, read, order);
  });
}

/** Adds what the law and the register know against the birth. @returns the order among the children of the mother and day */
async function examine(tx: Tx, { on, office }: Act, read: BirthAct, problems: Problems): Promise<number | undefined> {
  const { content, citizen } = read;
  const isDay = parseLegalDay(content.child.dateOfBirth).ok;
  for (const { path, ...fault } of [...(isDay ? dayProblems(content, on) : []), ...placeProblems(office, content)])
    problems.add(path, fault);
  if (citizen && (await isRegistered(tx, citizen))) problems.add(["citizen", "personalId"], birthOfPersonRegistered());
  const order = isDay ? birthOrderOf(content, await birthsLike(tx, content)) : declaredOrder(content);
  if (typeof order === "number") return order;
  problems.add(order.path, order);
  return undefined;
}

async function isRegistered(tx: Tx, { id, personalId }: NonNullable<BirthAct["citizen"]>): Promise<boolean> {
  const found = await tx
    .select({ id: births.id })
    .from(births)
    .leftJoin(citizenNumbers, eq(citizenNumbers.citizenId, births.citizenId))
    .where(or(eq(births.citizenId, id), eq(citizenNumbers.personalId, personalId)))
    .limit(1);
  return found.length > 0;
}

/** Enters a birth, its number, and the recognition of a parent. Unique constraints refuse a child that is registered already. */
async function enterBirth(tx: Tx, act: Act, read: BirthAct, order: number): Promise<NonNullable<Performed>> {
  const { content, citizen, recognition } = read;
  const { head, version } = newBirth(
    {
      ...{ id: act.id, citizenId: citizen?.id ?? uuidv7(), partId: null, dossier: null, office: act.office, content },
      ...(read.registration.kind !== "REGISTERED" && { registration: read.registration }),
    },
    order,
    { on: act.on, author: { recordedBy: act.by, ground: act.ground } },
  );
  const personalId = citizen?.personalId ?? null;
  await tx.insert(births).values(head);
  await tx.insert(birthVersions).values({ ...version, personalId });
  if (personalId) await tx.insert(citizenNumbers).values({ citizenId: head.citizenId, personalId });
  if (recognition) {
    const { role, evidence } = recognition;
    const parent = role === "MOTHER" ? content.mother : content.father;
    const of = { id: act.id, birthId: act.id, role, personalId: parent?.personalId ?? null, evidence };
    await tx.insert(recognitions).values(of);
    await takeBookNumber(tx, "RECOGNITION", act);
  }
  // last, because others of this office wait for it
  await takeNumber(tx, act.id, act.office, Number(act.on.slice(0, 4)));
  return {
    entries: [act.id],
    citizens: [personalId ?? head.citizenId, ...head.guardians],
    changed: recognition ? [...CHANGED, "recognitions.*", "book_numbers.*"] : CHANGED,
  };
}
