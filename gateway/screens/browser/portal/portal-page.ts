import { authorized, whenSignedInAgain } from "../client/authorization.ts";
import { element, fill } from "../client/element.ts";
import { knownSession, type Session, signOut } from "../client/session.ts";
import { signInPanel } from "../client/sign-in-panel.ts";
import { configuredProvider } from "../sign-in/provider.ts";
import { dossiersSection } from "./dossiers-section.ts";
import { feedSection } from "./feed-section.ts";
import type { Authorized } from "./portal-client.ts";
import source from "./portal-client.ts?source" with { type: "text" };
import { texts } from "./texts.ts";

const SCREEN = "portal";
const PERSONA = "portal";

/** Opens the portal of the demo's province. Where an issuer is configured, somebody with the role of a portal signs in first. */
export function openPortal(root: HTMLElement): void {
  const session = knownSession(SCREEN);
  const enter = (entered?: Session) => show(root, entered);
  if (!configuredProvider() || session) enter(session);
  else fill(root, signInPanel(SCREEN, [{ persona: PERSONA, name: PERSONA }], enter));
}

/** Shows changes as they come, dossiers by state, a search, and the code that does it. */
function show(root: HTMLElement, session: Session | undefined): void {
  const dossiers = dossiersSection(authorizedPortal);
  whenSignedInAgain(dossiers.changed);
  const leave = (from: Session) =>
    element("button", { type: "button", class: "small", click: () => signOut(SCREEN, from) }, texts.signOut);
  fill(
    root,
    element("p", { class: "hint" }, texts.what),
    session && element("p", {}, leave(session)),
    element(
      "div",
      { class: "portal" },
      feedSection(authorizedPortal, dossiers.changed),
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

/** Sends with the portal's token, which is renewed in time. @throws where nobody issues one now */
const authorizedPortal: Authorized = (send) =>
  authorized(PERSONA, {}, async (header) => {
    if (!header) throw new Error(texts.notRead);
    return send(header);
  });
