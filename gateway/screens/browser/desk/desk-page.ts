import { whenSignedInAgain } from "../client/authorization.ts";
import { element, fill } from "../client/element.ts";
import { ask } from "../client/graph.ts";
import { isUnanswered, type Line, openLine } from "../client/line.ts";
import { knownSession, type Session, signOut } from "../client/session.ts";
import { signInPanel } from "../client/sign-in-panel.ts";
import { openAttachments } from "./attachments/attachments.ts";
import { boardView } from "./board-view.ts";
import type { Desk, View } from "./desk.ts";
import { dossierView } from "./dossier-view.ts";
import { formView } from "./form-view.ts";
import { openLookups } from "./lookups.ts";
import { openOutbox } from "./outbox.ts";
import { outboxView } from "./outbox-view.ts";
import { receiveView } from "./receive-view.ts";
import { replenishCodes } from "./reserved-codes.ts";
import { openStorage, type Storage } from "./storage.ts";
import { texts } from "./texts.ts";

const SCREEN = "desk";
const CLOCK = "clockOffsetMs";
/** A request without an answer after this long counts as unanswered: other tabs wait for the outbox of this one. */
const PATIENCE_MS = 30_000;
const CLOCK_DOCUMENT = "query Clock($office: String!) { board(office: $office) { at } }";

/** Opens the clerk's screen: sign-in, then the views that the address's fragment names. */
export function openDesk(root: HTMLElement): void {
  const session = knownSession(SCREEN);
  const enter = (entered: Session) =>
    void work(root, entered).catch((fault: unknown) =>
      fill(root, element("p", { class: "fault", role: "alert" }, `${texts.notOpened} ${String(fault)}`)),
    );
  if (session) enter(session);
  else fill(root, signInPanel(SCREEN, [{ persona: "clerk", name: texts.clerk }], enter));
}

async function work(root: HTMLElement, session: Session): Promise<void> {
  const storage = await openStorage(session.subject);
  const clock = { offsetMs: (await storage.fact<number>(CLOCK)) ?? 0 };
  const line = openLine();
  const desk = deskOf(session, line, clock);
  const lookups = await openLookups(desk, storage);
  const attachments = openAttachments(desk, storage.files);
  const outbox = openOutbox({ desk, storage, attachments }, () => void changed());
  const bar = deskBar(session);
  const content = element("div");
  let view: View & { refresh?(): void };

  function showLine(isUp: boolean): void {
    bar.line.textContent = isUp ? texts.lineUp : texts.lineDown;
    bar.line.classList.toggle("down", !isUp);
  }

  /** Work of a line that is up: the clock, the outbox, the lists of forms, the reserve of codes. */
  async function begin(): Promise<void> {
    await readClock(desk, storage, clock);
    await attachments.removeUnnamed();
    await outbox.send();
    await lookups.read();
    await replenishCodes(desk, storage);
    await changed();
  }

  /** True for a view that is read anew when the line is back; in the others somebody may be typing, and dossiers follow by themselves. */
  const showsGraph = () => /^(#board|#outbox|$)/.test(location.hash);

  async function changed(): Promise<void> {
    view?.refresh?.();
    const waiting = (await storage.taken()).filter(({ state }) => state !== "ACCEPTED").length;
    bar.outbox.textContent = waiting > 0 ? `${texts.views.outbox} (${waiting})` : texts.views.outbox;
  }

  function route(): void {
    view?.close?.();
    const [, name = "board", id = ""] = /^#(\w+)(?:\/(.+))?$/.exec(location.hash) ?? [];
    if (name === "receive") view = receiveView(desk, storage);
    else if (name === "form") view = formView({ desk, storage, lookups, attachments, outbox }, id);
    else if (name === "outbox") view = outboxView({ desk, storage, outbox });
    else if (name === "dossier") view = dossierView({ desk, attachments }, decodeURIComponent(id));
    else view = boardView(desk);
    fill(content, view.element);
    bar.mark(name === "form" ? "receive" : name);
    void changed();
  }

  fill(root, bar.element, content);
  addEventListener("hashchange", route);
  showLine(line.isUp());
  route();
  const resume = () => void begin().then(() => showsGraph() && route());
  whenSignedInAgain(resume);
  line.watch((isUp) => {
    showLine(isUp);
    if (isUp) resume();
  });
  await begin();
}

function deskBar(session: Session) {
  const line = element("p", { class: "line", role: "status" });
  const outbox = element("a", { href: "#outbox" }, texts.views.outbox);
  const links = [
    element("a", { href: "#board" }, texts.views.board),
    element("a", { href: "#receive" }, texts.views.receive),
    outbox,
  ];
  const leave = () => {
    location.hash = ""; // the next clerk does not begin where this one was
    signOut(SCREEN, session);
  };
  const out = element("button", { type: "button", class: "small", click: leave }, texts.signOut);
  const nav = element("nav", { class: "views", "aria-label": texts.viewsLabel }, links);
  return {
    element: element("div", { class: "desk-bar" }, nav, line, out),
    ...{ line, outbox },
    mark(name: string): void {
      for (const link of links) {
        if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
    },
  };
}

function deskOf(session: Session, line: Line, clock: { offsetMs: number }): Desk {
  return {
    session,
    office: session.office ?? "",
    isLineUp: line.isUp,
    checkLine: line.check,
    now: () => new Date(Date.now() + clock.offsetMs),
    async ask(query, variables = {}) {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const answer = await ask<never>({ persona: session.persona, query, variables }, { signal });
      if (isUnanswered(answer)) line.lost();
      return answer;
    },
  };
}

/** Learns how far this machine's clock is from the graph's, for times of receipt while the line is down. */
async function readClock(desk: Desk, storage: Storage, clock: { offsetMs: number }): Promise<void> {
  const asked = Date.now();
  const { data } = await desk.ask<{ board: { at: string } | null }>(CLOCK_DOCUMENT, { office: desk.office });
  if (!data?.board) return;
  clock.offsetMs = Date.parse(data.board.at) - asked; // early by the time of the answer at most, so never in the graph's future
  clock.offsetMs -= Date.now() - asked;
  await storage.saveFact(CLOCK, clock.offsetMs);
}
