import { eq } from "drizzle-orm";
import { parseLegalDay } from "../../_shared/reference/days.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { isUuid } from "../../_shared/reference/uuid.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import { amountImpossible, obligationSettled, obligationUnknown } from "../errors.ts";
import type { LandContext } from "../loaders.ts";
import { inForce, lockParcels } from "../parcels/locked-parcels.ts";
import { parseParcelCode } from "../parcels/parcel-code.ts";
import type { LandObligationInput, LandSettlementInput } from "./input.ts";
import { obligationSettlements, obligations } from "./tables.ts";

/** Enters an obligation as the tax office has notified it: the register calculates no amount. */
export function enterObligation(
  ctx: LandContext,
  input: LandObligationInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "ASSESSMENT" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => assess(tx, act, input, problems));
}

async function assess(tx: Tx, { id }: Act, input: LandObligationInput, problems: Problems): Promise<Performed> {
  const code = problems.take(["parcel"], parseParcelCode(input.parcel));
  const debtor = problems.take(["debtor"], parsePersonalId(input.debtor));
  const dueOn = problems.take(["dueOn"], parseLegalDay(input.dueOn));
  if (input.amountVnd <= 0) problems.add(["amountVnd"], amountImpossible());
  const parcel = code && inForce((await lockParcels(tx, [code])).get(code), ["parcel"], problems);
  if (!parcel || !debtor || !dueOn || problems.found.length > 0) return undefined;
  const { kind, amountVnd: amount } = input;
  await tx.insert(obligations).values({ id, parcelId: parcel.id, debtor, kind, amount, dueOn });
  return { parcels: [parcel.id], citizens: [debtor], changed: ["obligations.*"] };
}

/** Ends an obligation by its payment, an exemption, or the withdrawal of the notice. */
export function settleObligation(
  ctx: LandContext,
  input: LandSettlementInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "SETTLEMENT" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => settle(tx, act, input, problems));
}

async function settle(
  tx: Tx,
  act: Act,
  { obligation: id, outcome }: LandSettlementInput,
  problems: Problems,
): Promise<Performed> {
  const [found] = isUuid(id) ? await tx.select().from(obligations).where(eq(obligations.id, id)) : [];
  if (!found) {
    problems.add(["obligation"], obligationUnknown());
    return undefined;
  }
  await lockParcels(tx, [found.parcelId]);
  const [settled] = await tx.select().from(obligationSettlements).where(eq(obligationSettlements.obligationId, id));
  if (settled) {
    problems.add(["obligation"], obligationSettled());
    return undefined;
  }
  await tx.insert(obligationSettlements).values({ obligationId: id, actId: act.id, outcome });
  return { parcels: [found.parcelId], citizens: [found.debtor], changed: ["obligation_settlements.*"] };
}
