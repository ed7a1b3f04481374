import { describe, expect, it } from "vitest";
import { initialState } from "../../../subgraphs/one-stop/definitions/steps.ts";
import type { SagaPayment } from "../../../subgraphs/one-stop/payments/payment.ts";
import { decide } from "../../../subgraphs/one-stop/saga/decide.ts";
import type { SagaEvent, SagaState } from "../../../subgraphs/one-stop/saga/state.ts";
import { birthDefinition } from "../birth-definition.ts";

const LINES = [
  { step: "RESIDENCE", name: "Lệ phí đăng ký cư trú", amountVnd: 10_000 },
  { step: "INSURANCE", name: "Phí cấp lại thẻ", amountVnd: 5_000 },
];
const ORDER: SagaPayment = { state: "PENDING", amountVnd: 15_000, lines: LINES, refundVnd: 0, refundedVnd: 0 };
const PAID: SagaEvent = { kind: "PAID", note: "" };
const accepted: SagaEvent = { kind: "ACCEPTED", payFirst: true };

/** State after events, and the kinds of the commands of the last one. */
function play(events: readonly SagaEvent[], start = initialState(birthDefinition("2026-11-23", []), false, ORDER)) {
  let state: SagaState = start;
  let commands: string[] = [];
  for (const event of events) {
    const decision = decide(state, event, 0);
    state = decision.state;
    commands = decision.commands.map((command) =>
      command.kind === "REFUND" ? `REFUND ${command.amountVnd}` : command.kind,
    );
  }
  return { state, commands };
}

const granted = (step: string): SagaEvent[] => [
  { kind: "CALLED", step },
  { kind: "ANSWERED", step, answer: { state: "GRANTED" } },
];
const refused = (step: string): SagaEvent[] => [
  { kind: "CALLED", step },
  { kind: "ANSWERED", step, answer: { state: "REFUSED" } },
];

describe("decisions about a fee", () => {
  it("a dossier that is paid first keeps its steps back, and the payment releases them once", () => {
    const awaiting = play([accepted]);
    expect(awaiting.state.dossier).toBe("AWAITING_PAYMENT");
    expect(awaiting.commands).toContain("STOP_CLOCK");
    const paid = play([accepted, PAID]);
    expect(paid.state).toMatchObject({ dossier: "IN_PROGRESS", payment: { state: "PAID" } });
    expect(paid.commands).toEqual(["RECORD", "RECORD", "RECORD", "DELIVER", "RUN_CLOCK"]);
    expect(play([accepted, PAID, PAID]).commands).toEqual([]);
  });

  it("the fees of parts that become not applicable are refunded, and a refused part keeps its fee", () => {
    const { state, commands } = play([accepted, PAID, ...refused("BIRTH")]);
    expect(commands).toContain("REFUND 15000");
    expect(state.payment).toMatchObject({ state: "REFUND_DUE", refundVnd: 15_000 });
    const kept = play([accepted, PAID, ...granted("BIRTH"), ...granted("PERSONAL_NUMBER"), ...refused("RESIDENCE")]);
    expect(kept.state.payment).toMatchObject({ state: "PAID", refundVnd: 0 });
  });

  it("a refund is done when its whole amount is paid out, and never exceeds what is due", () => {
    const due = [accepted, PAID, ...refused("BIRTH")];
    const part = play([...due, { kind: "REFUNDED", amountVnd: 10_000, note: "" }]);
    expect(part.state.payment).toMatchObject({ state: "REFUND_DUE", refundedVnd: 10_000 });
    const whole = play([{ kind: "REFUNDED", amountVnd: 5_000, note: "" }], part.state);
    expect(whole.state.payment).toMatchObject({ state: "REFUNDED", refundedVnd: 15_000 });
    expect(play([{ kind: "REFUNDED", amountVnd: 1, note: "" }], whole.state).state).toBe(whole.state);
  });

  it("a payment that comes while the citizen is awaited for another part releases the step that waited for it", () => {
    const { steps, ...first } = initialState(birthDefinition("2026-11-23", []), false, ORDER);
    const start = { ...first, steps: steps.map((step) => ({ ...step, afterPayment: step.key === "INSURANCE" })) };
    const awaited = play(
      [
        ...[{ kind: "ACCEPTED" } as const, ...granted("BIRTH"), ...granted("PERSONAL_NUMBER")],
        { kind: "CALLED", step: "RESIDENCE" },
        { kind: "ANSWERED", step: "RESIDENCE", answer: { state: "SUPPLEMENT_NEEDED" } },
      ],
      start,
    );
    const insurance = ({ state }: typeof awaited) => state.steps.find(({ key }) => key === "INSURANCE")?.state;
    expect([awaited.state.dossier, insurance(awaited)]).toEqual(["AWAITING_CITIZEN", "BLOCKED"]);
    const paid = play([PAID], awaited.state);
    expect([paid.state.dossier, insurance(paid)]).toEqual(["AWAITING_CITIZEN", "READY"]);
    expect(paid.commands).toContain("DELIVER");
  });

  it("the term to pay ends only a dossier that awaits its payment", () => {
    const expired = play([accepted, { kind: "PAYMENT_EXPIRED" }]);
    expect(expired.state).toMatchObject({ dossier: "NOT_ACCEPTED", payment: { state: "EXPIRED" } });
    expect(new Set(expired.state.steps.map(({ state }) => state))).toEqual(new Set(["CANCELLED"]));
    const late = play([PAID], expired.state);
    expect(late.commands).toEqual(["RECORD", "REFUND 15000"]);
    const paid = play([accepted, PAID]);
    expect(play([{ kind: "PAYMENT_EXPIRED" }], paid.state).state).toBe(paid.state);
  });

  it("a reconciliation does not begin the work of a dossier that awaits its payment", () => {
    const { state } = play([accepted]);
    expect(play([{ kind: "RESUMED", steps: ["BIRTH"] }], state).state).toBe(state);
  });

  it("a reversed payment is owed again, and can be paid again", () => {
    const reversed = play([accepted, PAID, { kind: "PAYMENT_REVERSED", note: "" }]);
    expect(reversed.state).toMatchObject({ dossier: "IN_PROGRESS", payment: { state: "REVERSED" } });
    expect(play([PAID], reversed.state).state.payment?.state).toBe("PAID");
  });

  const TAX = { name: "Thuế", amountVnd: 20_000 };
  /** The card waits for what the police have stated to be paid. */
  const withStage = (): SagaState => {
    const { steps, ...state } = initialState(birthDefinition("2026-11-23", []), false);
    const chain = steps.map((step) =>
      step.key === "INSURANCE" ? { ...step, dependsOn: ["RESIDENCE"], afterPayment: true } : step,
    );
    return { ...state, steps: chain.filter(({ key }) => key !== "NUMBER_NOTICE") };
  };
  const before: SagaEvent[] = [{ kind: "ACCEPTED" }, ...granted("BIRTH"), ...granted("PERSONAL_NUMBER")];
  const stating = (amounts: readonly number[]): SagaEvent[] => {
    const lines = amounts.map((amountVnd) => ({ ...TAX, step: "INSURANCE", amountVnd }));
    const answer = { kind: "ANSWERED", step: "RESIDENCE", answer: { state: "GRANTED" } } as const;
    return [
      { kind: "CALLED", step: "RESIDENCE" },
      { ...answer, owed: { lines, dueOn: null } },
    ];
  };
  const stateOf = ({ steps }: SagaState, wanted: string) => steps.find(({ key }) => key === wanted)?.state;

  it("a step begins only when what an earlier agency has stated is paid, and the clock stands still until then", () => {
    const awaiting = play([...before, ...stating([20_000, 1_000])], withStage());
    expect(awaiting.state).toMatchObject({
      dossier: "AWAITING_PAYMENT",
      payment: { state: "PENDING", amountVnd: 21_000 },
    });
    expect(awaiting.commands).toContain("STOP_CLOCK");
    expect(stateOf(awaiting.state, "INSURANCE")).toBe("BLOCKED");
    expect(play([{ kind: "RESUMED", steps: ["INSURANCE"] }], awaiting.state).state).toBe(awaiting.state);
    const paid = play([PAID], awaiting.state);
    expect(paid.commands).toEqual(expect.arrayContaining(["DELIVER", "RUN_CLOCK"]));
    expect(stateOf(paid.state, "INSURANCE")).toBe("READY");
    expect(play([PAID], paid.state).commands).toEqual([]);
  });

  it("nothing is awaited where nothing is to be paid", () => {
    const { state } = play([...before, ...stating([])], withStage());
    expect(state).toMatchObject({ dossier: "IN_PROGRESS", payment: null });
    expect(stateOf(state, "INSURANCE")).toBe("READY");
  });

  it("no term ends a dossier that awaits what an agency has stated, and a late payment goes on with it", () => {
    const awaiting = play([...before, ...stating([20_000])], withStage()).state;
    expect(play([{ kind: "PAYMENT_EXPIRED" }], awaiting).state).toBe(awaiting);
    expect(stateOf(play([PAID], awaiting).state, "INSURANCE")).toBe("READY");
  });

  it("a withdrawal while what was stated is awaited ends the order, and what was granted stays", () => {
    const awaiting = play([...before, ...stating([20_000])], withStage()).state;
    const { state } = play([{ kind: "WITHDRAWN" }], awaiting);
    expect(state).toMatchObject({ dossier: "WITHDRAWN", payment: { state: "EXPIRED" } });
    expect(stateOf(state, "RESIDENCE")).toBe("GRANTED");
  });
});
