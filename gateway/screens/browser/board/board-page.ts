import { element, fill } from "../client/element.ts";
import { ask } from "../client/graph.ts";
import { dayAndTime } from "../client/language.ts";
import { knownSession, type Session, signOut } from "../client/session.ts";
import { signInPanel } from "../client/sign-in-panel.ts";
import type { Board, Section } from "./board.ts";
import businessTime from "./documents/business-time.graphql";
import { lateSection } from "./late-section.ts";
import { periodBar } from "./period-bar.ts";
import { ratesSection } from "./rates-section.ts";
import { scoreSection } from "./score-section.ts";
import { texts } from "./texts.ts";
import { workloadSection } from "./workload-section.ts";

const SCREEN = "board";
type Time = { board: { at: string; office: { name: string } } | null };

/** Opens the leader's screen: sign-in, then what is late, the load, the rates and the score. */
export function openBoard(root: HTMLElement): void {
  const session = knownSession(SCREEN);
  const enter = (entered: Session) => void work(root, entered);
  if (session) enter(session);
  else fill(root, signInPanel(SCREEN, [{ persona: "leader", name: texts.leader }], enter));
}

async function work(root: HTMLElement, session: Session): Promise<void> {
  const { persona, office, province } = session;
  const board: Board = {
    scope: office ? { office } : province ? { province } : {},
    ask: (query, variables = {}) => ask({ persona, query, variables }),
  };
  const time = await board.ask<Time>(businessTime, { office: office ?? "" });
  const now = time.data?.board?.at ?? new Date().toISOString();
  const works: [keyof typeof texts.views, Section][] = [
    ["late", lateSection(board)],
    ["workload", workloadSection(board)],
  ];
  const measures: [keyof typeof texts.views, Section][] = [
    ["rates", ratesSection(board)],
    ["score", scoreSection(board)],
  ];
  const period = periodBar(now, (chosen) => void Promise.all(measures.map(([, section]) => section.read(chosen))));
  const readAll = () => void Promise.all([...works, ...measures].map(([, section]) => section.read(period.chosen())));
  const leave = () => {
    signOut(SCREEN);
    location.reload();
  };
  const all = [...works, ...measures];
  fill(
    root,
    element(
      "div",
      { class: "desk-bar" },
      element(
        "nav",
        { class: "views" },
        all.map(([name]) => element("a", { href: `#${name}` }, texts.views[name])),
      ),
      element("p", { class: "line" }, `${time.data?.board?.office.name ?? ""} · ${texts.at(dayAndTime(now))}`),
      element("button", { type: "button", class: "small", click: readAll }, texts.again),
      element("button", { type: "button", class: "small", click: leave }, texts.signOut),
    ),
    element("div", { class: "board" }, works.map(shown)),
    period.element,
    element("div", { class: "board" }, measures.map(shown)),
  );
  readAll();
}

function shown([name, section]: [string, Section]): HTMLElement {
  section.element.id = name;
  return section.element;
}
