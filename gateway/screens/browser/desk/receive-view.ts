import { element, fill } from "../client/element.ts";
import { freshKey } from "../client/fresh-key.ts";
import { dayAndTime } from "../client/language.ts";
import { combobox } from "../form/combobox.ts";
import type { Desk, View } from "./desk.ts";
import proceduresDocument from "./documents/procedures.graphql";
import { bundles } from "./kinds.ts";
import type { Draft, Kind, Storage } from "./storage.ts";
import { texts } from "./texts.ts";

type Listed = { code: string; name: string; agency: { name: string } };

/** Choice of what to receive: a bundle, a procedure, or a form that was begun. */
export function receiveView(desk: Desk, storage: Storage): View {
  const drafts = element("div");
  const search = combobox("procedure", lookUp, () => void beginProcedure());
  let found: Listed[] = [];

  async function lookUp(text: string) {
    const { data } = await desk.ask<{ procedures: { nodes: Listed[] } }>(proceduresDocument, { search: text });
    found = data?.procedures.nodes ?? [];
    return found.map(({ code, name, agency }) => ({ value: code, label: `${code} · ${name} · ${agency.name}` }));
  }

  async function beginProcedure(): Promise<void> {
    const procedure = found.find(({ code }) => code === search.value());
    if (procedure) await begin({ procedure: procedure.code }, procedure.name);
  }

  async function begin(kind: Kind, name: string): Promise<void> {
    const id = freshKey("draft");
    await storage.beginDraft({ id, kind, name, content: undefined });
    location.hash = `#form/${id}`;
  }

  async function showDrafts(): Promise<void> {
    const all = await storage.drafts();
    const none = element("p", { class: "hint" }, texts.noDrafts);
    fill(
      drafts,
      element("h2", {}, texts.drafts),
      all.length === 0 ? none : element("ul", { class: "rows" }, all.map(row)),
    );
  }

  function row({ id, name, content, savedAt }: Draft): HTMLElement {
    const who = (content as { declarant?: { fullName?: string } } | undefined)?.declarant?.fullName;
    const remove = async () => {
      await storage.removeDraft(id);
      await storage.files.removeUnnamed(content);
      await showDrafts();
    };
    return element(
      "li",
      {},
      element("a", { href: `#form/${id}` }, [who, name].filter(Boolean).join(" · ")),
      element("span", { class: "hint" }, dayAndTime(new Date(savedAt).toISOString())),
      element(
        "button",
        { type: "button", class: "small", "aria-label": `${texts.discard}: ${name}`, click: remove },
        texts.discard,
      ),
    );
  }

  void showDrafts();
  const choices = bundles.map(({ kind, name }) =>
    element("button", { type: "button", class: "tile bundle", click: () => begin(kind, name) }, name),
  );
  return {
    element: element(
      "section",
      { class: "view" },
      element("h2", {}, texts.bundles),
      element("div", { class: "tiles" }, choices),
      element("h2", {}, element("label", { for: "procedure" }, texts.procedure)),
      search.element,
      drafts,
    ),
  };
}
