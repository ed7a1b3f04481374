import { expect, it } from "vitest";
import { kindOfChange } from "../../../subgraphs/one-stop/messages/kind-of-change.ts";
import type { RecordedState } from "../../../subgraphs/one-stop/saga/state.ts";
import type { StoredEntry } from "../../../subgraphs/one-stop/saga/stored-history.ts";

const AT = new Date("2026-11-23T02:00:00Z");
const EARLIER = new Date("2026-11-20T02:00:00Z");
const ofDossier = (...states: RecordedState[]) => states.map((s): StoredEntry => [null, s, "ONE_STOP", null]);
const ofStep = (state: RecordedState): StoredEntry => ["BIRTH", state, "CIVIL_STATUS", null];
const facts = { receivedAt: EARLIER, marks: {}, outcome: null };

it.each([
  ["a receipt", ofDossier("RECEIVED"), { receivedAt: AT }, "RECEIVED"],
  ["a receipt whose first step is sent", [...ofDossier("RECEIVED"), ofStep("SENT")], { receivedAt: AT }, "RECEIVED"],
  ["a receipt with a fee", ofDossier("RECEIVED", "AWAITING_PAYMENT"), { receivedAt: AT }, "PAYMENT_AWAITED"],
  ["a receipt with a draft", ofDossier("RECEIVED", "AWAITING_CITIZEN"), { receivedAt: AT }, "CERTIFICATE_TO_CONFIRM"],
  ["a paid dossier with a draft", ofDossier("PAID", "IN_PROGRESS", "AWAITING_CITIZEN"), {}, "CERTIFICATE_TO_CONFIRM"],
  ["a payment", ofDossier("PAID", "IN_PROGRESS"), {}, "PAYMENT_RECEIVED"],
  ["a supplement", [ofStep("SUPPLEMENT_NEEDED"), ...ofDossier("AWAITING_CITIZEN")], {}, "SUPPLEMENT_ASKED"],
  ["a second supplement meanwhile", [ofStep("SUPPLEMENT_NEEDED")], {}, "SUPPLEMENT_ASKED"],
  [
    "a reminder",
    ofDossier("AWAITING_CITIZEN"),
    { marks: { SUPPLEMENT_REMINDED: AT.toISOString() } },
    "SUPPLEMENT_REMINDER",
  ],
  ["an apology", ofDossier("IN_PROGRESS"), { marks: { APOLOGISED: AT.toISOString() } }, "NEW_DATE"],
  ["a granted dossier", [ofStep("GRANTED"), ...ofDossier("COMPLETED")], { outcome: "GRANTED" }, "RESULT_READY"],
  ["a partly granted one", ofDossier("COMPLETED"), { outcome: "PARTLY_GRANTED" }, "RESULT_PARTLY_READY"],
  ["a refused one", ofDossier("IN_PROGRESS", "COMPLETED"), { outcome: "REFUSED" }, "REFUSED"],
  [
    "an electronic result, which is returned at once",
    ofDossier("COMPLETED", "RETURNED"),
    { outcome: "GRANTED" },
    "RESULT_READY",
  ],
  ["a handover", ofDossier("RETURNED"), { outcome: "GRANTED" }, "RETURNED"],
  ["a payment that did not come", [ofStep("CANCELLED"), ...ofDossier("NOT_ACCEPTED")], {}, "NOT_ACCEPTED"],
  ["a withdrawal", [ofStep("CANCELLED"), ...ofDossier("WITHDRAWN")], {}, "WITHDRAWN"],
] as const)("%s makes one message of its kind", (_what, entries, more, kind) => {
  expect(kindOfChange(entries, AT, { ...facts, ...more })).toBe(kind);
});

it.each([
  ["a step that is sent", [ofStep("SENT")], {}],
  ["a part that is granted while others are open", [ofStep("GRANTED")], {}],
  ["a new dating, which repeats the state of a dossier", ofDossier("RECEIVED"), {}],
  ["a new dating while a payment is awaited", ofDossier("AWAITING_PAYMENT"), {}],
  [
    "a new dating while papers are awaited",
    ofDossier("AWAITING_CITIZEN"),
    { marks: { SUPPLEMENT_REMINDED: EARLIER.toISOString() } },
  ],
  ["the desk's own reminder", ofDossier("IN_PROGRESS"), { marks: { REMINDED: AT.toISOString() } }],
  ["the mark of a late dossier", ofDossier("IN_PROGRESS"), { marks: { OVERDUE: AT.toISOString() } }],
  ["an order that was opened at the provider", ofDossier("PENDING"), {}],
  ["a refund", ofDossier("REFUND_DUE"), {}],
] as const)("%s makes no message", (_what, entries, more) => {
  expect(kindOfChange(entries, AT, { ...facts, ...more })).toBeNull();
});
