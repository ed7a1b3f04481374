import { element, fill } from "../client/element.ts";
import { keepSession, keptSession, type Session } from "../client/kept-session.ts";
import { requestAuthorization } from "./authorization-request.ts";
import { changesLanguage, isAuthorizationResponse, readAuthorizationResponse } from "./authorization-response.ts";
import { tellOtherTabs } from "./other-tabs.ts";
import { authorizePerson } from "./person-authorization.ts";
import type { Provider } from "./provider.ts";
import { isSigningInAgain, isSigningInAsOther } from "./sign-in-again-notice.ts";
import { type SignInFault, signInFault } from "./sign-in-fault.ts";
import { faultText, signInTexts } from "./texts.ts";
import { keepTokens } from "./tokens.ts";

/** Sign-in at the issuer for people with one of some roles. It reads the issuer's response where the page was opened by one. */
export function providerPanel(
  provider: Provider,
  screen: string,
  roles: readonly string[],
  entered: (session: Session) => void,
): HTMLElement {
  const texts = signInTexts(provider);
  const state = element("p", { class: "hint", role: "status" });
  const fault = element("p", { class: "fault", role: "alert", hidden: true });
  const button = element("button", { type: "submit" }, texts.signIn);
  const panel = element("form", { class: "card sign-in", submit });
  let isAgain = isSigningInAgain();
  let prompt = isSigningInAsOther() ? ("login" as const) : undefined;

  function showFault(found: SignInFault): void {
    if (found.kind === "wrong role") prompt = "login"; // the issuer would send the same person again
    state.textContent = "";
    fault.textContent = faultText(provider, found);
    fault.hidden = false;
  }

  /** Leaves for the issuer. Without a line to it, the session that is known goes on: the desk works without a line. */
  async function leave(known?: Session): Promise<void> {
    fault.hidden = true;
    state.textContent = texts.leaving;
    try {
      if (!isSecureContext) return showFault({ kind: "insecure page", detail: "" });
      await requestAuthorization(provider, { isAgain, prompt });
    } catch (error) {
      const found = signInFault(error);
      if (known && found.kind === "unreachable") enter(known);
      else showFault(found);
    }
  }

  function submit(event: Event): void {
    event.preventDefault();
    void leave();
  }

  function enter(session: Session): void {
    keepSession(screen, session);
    authorizePerson(provider, session);
    entered(session);
  }

  async function read(): Promise<void> {
    if (changesLanguage()) return;
    state.textContent = texts.reading;
    const outcome = await readAuthorizationResponse(provider, roles);
    isAgain = outcome.isAgain;
    if ("fault" in outcome) return showFault(outcome.fault);
    const { session, tokens } = outcome;
    tellOtherTabs({ kind: "tokens", tokens });
    if (isAgain) {
      fill(panel, element("h2", {}, texts.title), element("p", { role: "status" }, texts.mayClose));
      return window.close();
    }
    keepTokens(tokens);
    enter(session);
  }

  fill(panel, element("h2", {}, texts.title), element("p", { class: "hint" }, texts.account), state, fault, button);
  const known = keptSession(screen);
  if (isAuthorizationResponse()) void read();
  else if (isAgain) void leave();
  else if (known?.issuer === provider.issuer) void leave(known);
  return panel;
}
