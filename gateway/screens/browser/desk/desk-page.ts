import { element, fill } from "../client/element.ts";
import { ask } from "../client/graph.ts";
import { isUnanswered, type Line, watchLine } from "../client/line.ts";
import { knownSession, type Session, signOut } from "../client/session.ts";
import { signInPanel } from "../client/sign-in-panel.ts";
import { boardView } from "./board-view.ts";
import type { Desk, View } from "./desk.ts";
import { texts } from "./texts.ts";

const SCREEN = "desk";

/** Opens the clerk's screen: sign-in, then the views that the address's fragment names. */
export function openDesk(root: HTMLElement): void {
  const session = knownSession(SCREEN);
  const enter = (entered: Session) => work(root, entered);
  if (session) enter(session);
  else fill(root, signInPanel(SCREEN, [{ persona: "clerk", name: texts.clerk }], enter));
}

function work(root: HTMLElement, session: Session): void {
  const line = watchLine((isUp) => {
    showLine(isUp);
    if (isUp) route();
  });
  const desk = deskOf(session, line);
  const state = element("p", { class: "line", role: "status" });
  const nav = element("nav", { class: "views" });
  const content = element("div");
  let view: View | undefined;

  function showLine(isUp: boolean): void {
    state.textContent = isUp ? texts.lineUp : texts.lineDown;
    state.classList.toggle("down", !isUp);
  }

  function route(): void {
    view?.close?.();
    view = viewOf(desk);
    fill(content, view.element);
    for (const link of nav.querySelectorAll("a")) {
      if (link.hash === (location.hash || "#board")) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  const leave = () => {
    signOut(SCREEN);
    location.reload();
  };
  fill(nav, element("a", { href: "#board" }, texts.views.board));
  const out = element("button", { type: "button", class: "small", click: leave }, texts.signOut);
  fill(root, element("div", { class: "desk-bar" }, nav, state, out), content);
  addEventListener("hashchange", route);
  showLine(true);
  route();
}

function viewOf(desk: Desk): View {
  return boardView(desk);
}

function deskOf(session: Session, line: Line): Desk {
  return {
    session,
    office: session.office ?? "",
    isLineUp: line.isUp,
    async ask(query, variables = {}) {
      const answer = await ask<never>({ persona: session.persona, query, variables });
      if (isUnanswered(answer)) line.lost();
      return answer;
    },
  };
}
