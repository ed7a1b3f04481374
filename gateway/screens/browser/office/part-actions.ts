import { element } from "../client/element.ts";
import { DECISIONS, type DecisionKind, type OpenPart } from "./office.ts";
import { texts } from "./texts.ts";

type Acts = { claim(): unknown; decide(kind: DecisionKind): void };

/** Buttons of an open part, each with its key: claim it unless it is one's own, and the decisions. */
export function partActions({ claimedBy, part }: OpenPart, isOwn: boolean, { claim, decide }: Acts): HTMLElement {
  const claiming = !isOwn && actionButton(texts.claim, "c", claim, claimedBy !== null ? "small" : "small main");
  const deciding = DECISIONS.map((kind) =>
    actionButton(texts.decisions[kind], texts.keys.decisions[kind], () => decide(kind), "small"),
  );
  return element("div", { class: "actions" }, claiming, part.state === "PROCESSING" ? deciding : null);
}

function actionButton(name: string, key: string, click: () => unknown, look: string): HTMLElement {
  return element(
    "button",
    { type: "button", class: look, "aria-keyshortcuts": key, click },
    `${name} `,
    element("kbd", { "aria-hidden": "true" }, key),
  );
}
