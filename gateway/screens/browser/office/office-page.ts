import { subgraphs } from "../../../../subgraphs/agency-registry.ts";
import { element, fill } from "../client/element.ts";
import { ask } from "../client/graph.ts";
import { inOwnLanguage } from "../client/language.ts";
import { isUnanswered, openLine } from "../client/line.ts";
import { knownSession, type Session, signOut } from "../client/session.ts";
import { signInPanel } from "../client/sign-in-panel.ts";
import { DECISIONS, type Office } from "./office.ts";
import { partView } from "./part-view.ts";
import { type Shortcut, shortcuts } from "./shortcuts.ts";
import { texts } from "./texts.ts";
import { workList } from "./work-list.ts";

const SCREEN = "office";

const PERSONAS = subgraphs.flatMap((each) =>
  "officer" in each ? [{ persona: each.officer.role, name: inOwnLanguage(each.officer.title, each.en) }] : [],
);

/** Opens the officer's screen: sign-in, then the work list with the part that the address's fragment names. */
export function openOffice(root: HTMLElement): void {
  const session = knownSession(SCREEN);
  const enter = (entered: Session) => work(root, entered);
  if (session) enter(session);
  else fill(root, signInPanel(SCREEN, PERSONAS, enter));
}

function work(root: HTMLElement, session: Session): void {
  const line = openLine();
  const office: Office = {
    session,
    async ask(query, variables = {}) {
      const answer = await ask<never>({ persona: session.persona, query, variables });
      if (isUnanswered(answer)) line.lost();
      return answer;
    },
  };
  const list = workList(office);
  const news = element("p", { class: "news", role: "status" });
  const content = element("div", { class: "part-side" });
  const columns = element("div", { class: "office" }, list.element, content);
  let part: ReturnType<typeof partView> | undefined;

  function route(): void {
    const [, code, id] = /^#part\/([^/]+)\/(.+)$/.exec(location.hash) ?? [];
    part =
      code && id ? partView(office, { code: decodeURIComponent(code), id }, { claimed, decided, close }) : undefined;
    columns.classList.toggle("has-part", part !== undefined);
    fill(content, part ? part.element : element("p", { class: "hint" }, texts.choose));
    list.mark(id ?? "");
  }

  function claimed(code: string): void {
    news.textContent = texts.claimed(code);
    void list.read();
  }

  async function decided(kind: (typeof DECISIONS)[number], code: string): Promise<void> {
    news.textContent = texts.decided[kind](code);
    if (part?.code !== code) return list.read(); // another part was opened meanwhile
    const next = list.neighbour(part.id);
    location.hash = "";
    await list.read();
    list.focus(next);
  }

  function close(): void {
    if (!part || part.closeForm()) return;
    const { id } = part;
    location.hash = "";
    route(); // now, since a hidden list takes no focus
    list.focus(id);
  }

  const keys: Shortcut[] = [
    { key: "j", name: texts.keys.next, run: () => list.move(1) },
    { key: "k", name: texts.keys.previous, run: () => list.move(-1) },
    { key: "/", name: texts.keys.search, run: list.focusSearch },
    { key: "c", name: texts.claim, run: () => part?.claim() },
    ...DECISIONS.map((kind) => ({
      ...{ key: texts.keys.decisions[kind], name: texts.decisions[kind] },
      run: () => part?.decide(kind),
    })),
    { key: "u", name: texts.again, run: () => void list.read() },
    { key: "Escape", name: texts.keys.back, run: close },
    { key: "?", name: texts.keys.title, run: () => help.open() },
  ];
  const help = shortcuts(keys);
  const state = element("p", { class: "line", role: "status" });
  const showLine = (isUp: boolean) => {
    state.textContent = isUp ? texts.lineUp : texts.lineDown;
    state.classList.toggle("down", !isUp);
  };
  const leave = () => {
    signOut(SCREEN);
    location.reload();
  };
  const tool = (name: string, click: () => void) => element("button", { type: "button", class: "small", click }, name);
  fill(
    root,
    element(
      "div",
      { class: "desk-bar" },
      element("strong", {}, PERSONAS.find(({ persona }) => persona === session.role)?.name ?? session.role),
      state,
      tool(texts.again, () => void list.read()),
      tool(`${texts.keys.title} (?)`, help.open),
      tool(texts.signOut, leave),
    ),
    ...[news, columns, help.element],
  );
  addEventListener("hashchange", route);
  showLine(line.isUp());
  route();
  void list.read();
  line.watch((isUp) => {
    showLine(isUp);
    if (isUp) void list.read();
  });
}
