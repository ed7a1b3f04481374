import { element, fill } from "../client/element.ts";
import { personaHeader } from "../client/persona-token.ts";
import { dossiersSection } from "./dossiers-section.ts";
import { feedSection } from "./feed-section.ts";
import source from "./portal-client.ts?source" with { type: "text" };
import { texts } from "./texts.ts";

/** Opens what the portal of the demo's province shows: changes as they come, dossiers by state, a search, and its code. */
export function openPortal(root: HTMLElement): void {
  const dossiers = dossiersSection(token);
  fill(
    root,
    element("p", { class: "hint" }, texts.what),
    element(
      "div",
      { class: "portal" },
      feedSection(token, dossiers.changed),
      dossiers.element,
      element(
        "section",
        { class: "card program" },
        element("h2", {}, texts.code),
        element("p", { class: "hint" }, texts.codeHint),
        element("pre", { tabindex: 0, role: "region", "aria-label": texts.code }, source),
      ),
    ),
  );
}

/** Authorization of the portal, which is renewed in time. @throws where nobody issues one now */
async function token(): Promise<string> {
  const header = await personaHeader("portal");
  if (!header) throw new Error(texts.notRead);
  return header;
}
