import { procedure } from "../../_shared/parts/procedure.ts";
import { areEntered, isAssessedSince, openObligations } from "../obligations/open-obligations.ts";
import type { ObligationKind } from "../obligations/tables.ts";
import { obligationContent, obligationsOf } from "./contents.ts";
import { obligationsNotEntered } from "./errors.ts";

type Obligation = Awaited<ReturnType<typeof openObligations>>[number];

const NAMES: Record<ObligationKind, string> = {
  PERSONAL_INCOME_TAX: "Thuế thu nhập cá nhân",
  REGISTRATION_FEE: "Lệ phí trước bạ",
  LAND_USE_FEE: "Tiền sử dụng đất",
  LAND_RENT: "Tiền thuê đất",
};

/**
 * Stage "financial obligation" of a transfer (xác định nghĩa vụ tài chính), Decree 103/2024/NĐ-CP. An officer enters the obligations
 * of the tax office's notice as acts, then grants the stage; its fact `payable` states what is to be paid. One that is exempted is
 * entered and settled as such. Of a grant that the register has lost, the obligations must be there, under their ids.
 */
export const obligationStage = procedure({
  procedure: "land-obligation",
  inBundlesOnly: true,
  content: obligationContent,

  async examine(tx, { content: { land, grantedBefore }, dossier, stated }) {
    const before = grantedBefore ? (obligationsOf(grantedBefore.payable) ?? []) : [];
    const isReady =
      (!stated && !grantedBefore) ||
      ((await areEntered(tx, before)) && (await isAssessedSince(tx, land.parcel, dossier)));
    const problems = isReady ? [] : [{ ...obligationsNotEntered(), path: ["land", "parcel"] }];
    return { problems, verify: ["OBLIGATIONS_TO_ENTER"], found: await openObligations(tx, land.parcel) };
  },

  async grant(_tx, { content: { grantedBefore } }, open) {
    return { facts: { payable: grantedBefore?.payable ?? payableOf(open) } };
  },
});

/** Obligations as the desk reads them; due on the first of their days, from which late payment costs interest. */
function payableOf(open: readonly Obligation[]): string {
  const lines = open.map(({ id, kind, notice, amount }) => ({
    ...{ id, name: `${NAMES[kind]} (${notice})`, amountVnd: amount },
  }));
  const [dueOn = null] = open.map((each) => each.dueOn).sort();
  return JSON.stringify({ lines, dueOn });
}
