import { addDays, type LegalDay } from "../../_shared/reference/days.ts";
import { isUuid } from "../../_shared/reference/uuid.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import type { ResidenceContext } from "../loaders.ts";
import { renewalTooEarly, temporaryEnded, temporaryUnknown } from "./errors.ts";
import type { TemporaryEndInput, TemporaryRenewalInput } from "./input.ts";
import { enterVersion, lockPersons, type TemporaryState, temporaryById } from "./temporary-residences.ts";
import { readTerm, renewableFrom } from "./terms.ts";

/** Renews a temporary residence in the last 15 days of its term (gia hạn tạm trú), Law on Residence 68/2020, art. 28 (3). */
export function renewTemporary(
  ctx: ResidenceContext,
  input: TemporaryRenewalInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "TEMPORARY_RENEWAL" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const state = await lockedTemporary(tx, input.temporaryResidence, act.on, problems);
    if (!state) return undefined;
    demandRenewable(state, act.on, ["temporaryResidence"], problems);
    const term = readTerm(addDays(state.last.endsOn, 1), input.endsOn, ["endsOn"], problems);
    if (!term || problems.found.length > 0) return undefined;
    await enterVersion(tx, act, state, term);
    return performedOn(state);
  });
}

/** Adds a problem if a temporary residence cannot be renewed on a day yet, art. 28 (3). */
export function demandRenewable({ last }: TemporaryState, on: LegalDay, path: Path, problems: Problems): void {
  const from = renewableFrom(last);
  if (on < from) problems.add(path, renewalTooEarly(from));
}

/** Ends a temporary residence before its last day (xóa đăng ký tạm trú), Law on Residence 68/2020, art. 29. */
export function endTemporaryResidence(
  ctx: ResidenceContext,
  input: TemporaryEndInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "TEMPORARY_END" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const state = await lockedTemporary(tx, input.temporaryResidence, act.on, problems);
    if (!state || problems.found.length > 0) return undefined;
    await enterVersion(tx, act, state, { endReason: input.reason });
    return performedOn(state);
  });
}

/** The temporary residence of an id, whose person is locked, if it is in force. Its absence or its end becomes a problem. */
async function lockedTemporary(
  tx: Tx,
  id: string,
  on: LegalDay,
  problems: Problems,
): Promise<TemporaryState | undefined> {
  const seen = isUuid(id) ? await temporaryById(tx, id) : undefined;
  if (seen) await lockPersons(tx, [seen.head.personId]);
  const state = seen && (await temporaryById(tx, id));
  if (state && state.last.validTo === null && state.last.endsOn >= on) return state;
  problems.add(["temporaryResidence"], state ? temporaryEnded() : temporaryUnknown());
  return undefined;
}

function performedOn({ head: { personId }, personalId }: TemporaryState): Performed {
  return { persons: [{ personId, personalId }], households: [], changed: ["temporary_residence_versions.*"] };
}
