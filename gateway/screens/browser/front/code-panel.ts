import { element, fill } from "../client/element.ts";
import type { Operation } from "../client/graph.ts";
import { curlCommand, playgroundLink } from "../client/share.ts";
import { highlighted } from "./highlight.ts";
import { texts } from "./texts.ts";

type Tab = keyof typeof texts.tabs;
const TABS = Object.keys(texts.tabs) as Tab[]; // the keys of the type
const COPIED_MS = 1_500;

/** The very documents that the page has sent, with their latest answers. */
export function codePanel(origin: string) {
  const known = new Map<Tab, { operation: Operation; answer: unknown }>();
  let chosen: Tab = "submit";
  let isChosenByHand = false;
  const buttons = TABS.map((tab) =>
    element(
      "button",
      { type: "button", role: "tab", id: `tab-${tab}`, "aria-controls": "code", click: () => chooseByHand(tab) },
      texts.tabs[tab],
    ),
  );
  const code = (label: string) => element("pre", { tabindex: 0, role: "region", "aria-label": label });
  const [document, variables, answer] = [code(texts.document), code(texts.variables), code(texts.answer)];
  const link = element("a", { class: "small", href: "/playground" }, texts.openPlayground);
  const copy = element("button", { type: "button", class: "small", click: copyCurl }, texts.copyCurl);
  const actions = element("p", { class: "actions" }, link, copy);

  function chooseByHand(tab: Tab): void {
    isChosenByHand = true;
    chosen = tab;
    draw();
  }

  function draw(): void {
    const { operation, answer: latest } = known.get(chosen) ?? {};
    for (const button of buttons) {
      button.setAttribute("aria-selected", String(button.id === `tab-${chosen}`));
      button.tabIndex = button.id === `tab-${chosen}` ? 0 : -1;
    }
    fill(document, highlighted(operation?.query ?? ""));
    fill(variables, highlighted(operation ? JSON.stringify(operation.variables, null, 1) : ""));
    fill(answer, latest === undefined ? texts.noAnswer : highlighted(JSON.stringify(latest, null, 1)));
    link.href = operation ? playgroundLink(operation) : "/playground";
    copy.disabled = !operation;
  }

  async function copyCurl(): Promise<void> {
    const operation = known.get(chosen)?.operation;
    if (operation) await copyCommand(curlCommand(origin, operation), copy);
  }

  const tabs = element("div", { role: "tablist", "aria-label": texts.code, keydown: moveFocus }, buttons);
  function moveFocus(event: Event): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[(event as KeyboardEvent).key];
    if (!step) return;
    const next = (TABS.indexOf(chosen) + step + TABS.length) % TABS.length;
    chooseByHand(TABS[next] ?? "submit");
    buttons[next]?.focus();
  }

  draw();
  const panel = element(
    "div",
    { id: "code", role: "tabpanel", "aria-labelledby": "tab-submit" },
    ...[heading(texts.document), document, heading(texts.variables), variables, heading(texts.answer), answer],
  );
  return {
    element: element("section", { class: "code-panel", "aria-label": texts.code }, tabs, panel, actions),
    /** Keeps an operation with its answer, and opens its tab unless somebody has chosen another. */
    show(tab: Tab, operation: Operation, latest: unknown, isOpened = true) {
      known.set(tab, { operation, answer: latest });
      if (isOpened && !isChosenByHand) chosen = tab;
      if (tab === chosen) draw();
    },
  };
}

/** Copies a command and says so on its button for a moment. */
async function copyCommand(command: string, button: HTMLElement): Promise<void> {
  const isCopied = await navigator.clipboard?.writeText(command).then(
    () => true,
    () => false,
  );
  if (!isCopied) return void prompt(texts.copyCurl, command); // pages of plain http on another host have no clipboard
  button.textContent = texts.copied;
  setTimeout(() => {
    button.textContent = texts.copyCurl;
  }, COPIED_MS);
}

function heading(text: string): HTMLElement {
  return element("h3", {}, text);
}
