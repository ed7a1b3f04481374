import { element } from "../client/element.ts";
import { dayAndTime, language } from "../client/language.ts";
import { stateName } from "../client/state-names.ts";
import { type Authorized, type Change, changesAfter } from "./portal-client.ts";
import { texts } from "./texts.ts";

const SHOWN = 50;
/** A portal reads the whole history once; a page does not, where it is long. */
const MOST_MISSED = 2_000;
const PAUSE_MS = 2_000;

/** The changes as they come, the last one first. `changed` hears that there were some. */
export function feedSection(authorized: Authorized, changed: () => void): HTMLElement {
  const status = element("p", { class: "hint", role: "status" });
  const none = element("p", {}, texts.nothing, " ", element("a", { href: `/?lang=${language}` }, texts.send));
  const list = element("ul", { class: "feed", tabindex: 0, "aria-label": texts.feed });
  let cursor: string | null | undefined = null;
  let count = 0;

  /** Follows until the line breaks, or until there is too much that was missed. */
  async function follow(): Promise<string> {
    for await (const { changes, isBehind } of changesAfter(authorized, cursor)) {
      count += changes.length;
      cursor = changes.at(-1)?.cursor ?? cursor;
      for (const change of changes.slice(-SHOWN)) list.prepend(rowOf(change));
      while (list.childElementCount > SHOWN) list.lastElementChild?.remove();
      none.hidden = count > 0;
      status.textContent = isBehind ? texts.behind(count) : texts.live(count);
      if (!isBehind) changed();
      else if (count > MOST_MISSED) {
        cursor = undefined;
        return texts.skipped(count);
      }
    }
    return texts.broken;
  }

  async function followForEver(): Promise<never> {
    for (;;) {
      status.textContent = await follow().catch((fault: Error) => `${texts.broken}. ${fault.message}`);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
  void followForEver();
  return element("section", { class: "card" }, element("h2", {}, texts.feed), status, none, list);
}

function rowOf({ at, note, dossier, part }: Change): HTMLElement {
  const { state } = part ?? dossier;
  return element(
    "li",
    {},
    element("span", { class: "code" }, dossier.code),
    element("span", { class: "badge", "data-state": state }, stateName(state)),
    element("time", { datetime: at, class: "hint" }, dayAndTime(at, true)),
    note && element("span", { class: "note", lang: "vi" }, note),
  );
}
