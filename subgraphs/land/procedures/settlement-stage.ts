import { procedure } from "../../_shared/parts/procedure.ts";
import { obligationUnpaid } from "../errors.ts";
import { openObligations } from "../obligations/open-obligations.ts";
import { obligationSettlements } from "../obligations/tables.ts";
import { lockParcels } from "../parcels/locked-parcels.ts";
import { performForPart } from "./act-for-part.ts";
import { settlementContent } from "./contents.ts";

/**
 * Stage "settlement" of a transfer (hoàn thành nghĩa vụ tài chính): settles the stated obligations that the desk reports as paid. Where
 * the amounts differ or nothing was paid, an officer settles what is open by its own document before the grant.
 */
export const settlementStage = procedure({
  procedure: "land-settlement",
  inBundlesOnly: true,
  content: settlementContent,

  async examine(tx, { content: { land, payable, payment, grantedBefore }, stated }) {
    const ids = (payable?.lines ?? []).map(({ id }) => id);
    const open = (await openObligations(tx, land.parcel)).filter(({ id }) => ids.includes(id));
    const sum = open.reduce((total, { amount }) => total + amount, 0);
    const isPaid = payment?.state === "PAID" && payment.amountVnd === sum;
    if (open.length === 0 || isPaid) return { problems: [], verify: [], found: open };
    // the earlier grant followed an officer's own act, which the register has lost too
    const problems = stated || grantedBefore ? [{ ...obligationUnpaid(), path: ["land", "parcel"] }] : [];
    return { problems, verify: ["PAYMENT_NOT_PROVEN"], found: [] };
  },

  async grant(tx, part, open, by, on) {
    const { land, payment } = part.content;
    await lockParcels(tx, [land.parcel]);
    const document = payment?.receipt ? `giao dịch ${payment.receipt}` : "nộp qua Bộ phận Một cửa";
    for (const { id, parcelId, debtor } of open) {
      const act = { kind: "SETTLEMENT" as const, on, by, document, subject: id };
      await performForPart(tx, part, act, async ({ id: actId }) => {
        // an officer who settled it meanwhile makes this fail, and the delivery examines again
        await tx.insert(obligationSettlements).values({ obligationId: id, actId, outcome: "PAID" });
        return { parcels: [parcelId], citizens: [debtor], changed: ["obligation_settlements.*"] };
      });
    }
    return { facts: {} };
  },
});
