import { element, fill } from "../client/element.ts";
import { follow as followed } from "../client/graph.ts";
import { keepCurrent } from "../client/keep-current.ts";
import workChanged from "./documents/work-changed.graphql";
import { DECISIONS, type DecisionKind, type Office } from "./office.ts";
import { partView } from "./part-view.ts";
import type { Shortcut } from "./shortcuts.ts";
import { texts } from "./texts.ts";
import { workList } from "./work-list.ts";

/** Work list beside the part that the address's fragment names, with the keys of both. */
export function officeWork(office: Office) {
  const list = workList(office);
  const news = element("p", { class: "news", role: "status" });
  const content = element("div", { class: "part-side" });
  const columns = element("div", { class: "office" }, list.element, content);
  let part: ReturnType<typeof partView> | undefined;

  function route(): void {
    const [, code, id] = /^#part\/([^/]+)\/(.+)$/.exec(location.hash) ?? [];
    const named = code && id ? { code: decodeURIComponent(code), id } : undefined;
    part = named && partView(office, named, { claimed, decided, close });
    columns.classList.toggle("has-part", part !== undefined);
    fill(content, part ? part.element : element("p", { class: "hint" }, texts.choose));
    list.mark(id ?? "");
  }

  function claimed(code: string): void {
    news.textContent = texts.claimed(code);
    void list.refresh();
  }

  /** Reads the list again, and the open part if its row has changed. */
  async function refresh(): Promise<void> {
    const before = part && JSON.stringify(list.rowOf(part.id));
    await list.refresh();
    if (part && before !== JSON.stringify(list.rowOf(part.id))) await part.read();
  }

  function follow() {
    const { persona, office: code, province } = office.session;
    const filter = code ? { office: code } : { province };
    return followed({ persona, query: workChanged, variables: { filter } });
  }

  async function decided(kind: DecisionKind, code: string): Promise<void> {
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
  ];
  addEventListener("hashchange", route);
  route();
  void list.read().then(() => keepCurrent(follow, refresh));
  return { elements: [news, columns], keys, again: () => void list.read(), refresh: () => void refresh() };
}
