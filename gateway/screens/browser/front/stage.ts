import { element, fill } from "../client/element.ts";
import { agencies } from "./agencies.ts";
import { type Agency, agencyCard, type Mode } from "./agency-card.ts";
import { dossierCard } from "./dossier-card.ts";
import { childOf, type FollowedDossier, type Step, stepsOf } from "./journey.ts";
import type { Fact } from "./person.ts";
import { personTable } from "./person-table.ts";
import { texts } from "./texts.ts";
import { type Wire, wireDrawing } from "./wires.ts";

const DESK = "ONE_STOP";

/** State that the picture shows. */
export type StageView = {
  dossier: FollowedDossier | undefined;
  /** Number of entries of its history that are shown. */
  shown: number;
  /** Last report of the gateway. */
  gateway: string;
  isSending: boolean;
  modes: Partial<Record<string, Mode>>;
  killed: ReadonlyMap<string, string>;
  isSupervised: boolean;
  /** Name and facts of the child, once it is known to the agencies. */
  child: { name: string; facts: readonly Fact[] } | undefined;
};

type Actions = { setMode(agency: Agency, mode: Mode): void; kill(agency: Agency): void; answerSupplement(): void };

/** The picture: the gateway, the six agencies, the dossier on its way and the child at its end. */
export function stage(actions: Actions) {
  const cards = agencies.map((agency) => ({ agency, ...agencyCard(agency, actions) }));
  const dossier = dossierCard(actions);
  const child = element("div", { class: "card-body" });
  const gateway = element("p", { class: "hint" }, texts.gatewayHint);
  const grid = element(
    "section",
    { class: "stage" },
    element("h2", { class: "unseen" }, texts.stage),
    element("article", { class: "card gateway", "data-node": "gateway" }, element("h3", {}, texts.gateway), gateway),
    dossier.element,
    cards.map(({ element: card }) => card),
    element("article", { class: "card child", "data-node": "child" }, element("h3", {}, texts.child), child),
  );
  for (const { agency, element: card } of cards) card.dataset.node = agency.code;
  dossier.element.dataset.node = "dossier";
  const wires = wireDrawing(grid);
  grid.prepend(wires.element);
  return {
    element: grid,
    show(view: StageView) {
      const steps = view.dossier ? stepsOf(view.dossier, view.shown) : [];
      const unanswered = unansweredSteps(view);
      for (const card of cards) {
        const { code } = card.agency;
        card.show({
          mode: view.modes[code] ?? "UP",
          steps: steps.filter(({ agency }) => agency === code),
          unanswered,
          killed: view.killed.get(code),
          mayKill: view.isSupervised,
          idle: idleText(code, view, steps),
        });
      }
      gateway.textContent = view.gateway;
      dossier.show(view.dossier, view.shown);
      fill(child, childContent(view));
      wires.show(wiresOf(view, steps));
    },
  };
}

/** Text on the card of an agency without a step. The desk coordinates the steps of the others. */
function idleText(code: string, { dossier }: StageView, steps: readonly Step[]): string {
  if (code !== DESK) return dossier ? texts.idle : texts.ready;
  if (!dossier) return texts.coordinates;
  return texts.coordinated(steps.filter(({ decidedAt }) => decidedAt).length, steps.length);
}

function childContent({ child, dossier }: StageView): (HTMLElement | string)[] {
  if (!child) return [element("p", { class: "hint" }, (dossier && childOf(dossier)) || texts.childHint)];
  return [element("p", {}, element("strong", {}, child.name)), personTable(child.facts)];
}

/** Steps that have waited for an answer in vain; the dossier tells it for its present state only. */
function unansweredSteps({ dossier, shown }: StageView): ReadonlySet<string> {
  if (!dossier || shown < dossier.history.nodes.length) return new Set();
  return new Set(dossier.parts.flatMap(({ waitingFor }) => (waitingFor?.unanswered ? waitingFor.step : [])));
}

function wiresOf({ isSending, dossier }: StageView, steps: readonly Step[]): Wire[] {
  const isAsked = (code: string) => steps.some(({ agency, decidedAt }) => agency === code && decidedAt === undefined);
  const queries = agencies.map(({ code }): Wire => {
    return { from: "gateway", to: code, kind: "query", isLive: isSending && code === DESK };
  });
  const inTheDossier = new Set(steps.map(({ agency }) => agency));
  const saga = agencies
    .filter(({ code }) => code !== DESK && inTheDossier.has(code))
    .map(({ code }): Wire => ({ from: DESK, to: code, kind: "saga", isLive: isAsked(code) }));
  const toDossier: Wire = { from: DESK, to: "dossier", kind: "saga", isLive: dossier?.state === "IN_PROGRESS" };
  return dossier ? [...queries, ...saga, toDossier] : queries;
}
