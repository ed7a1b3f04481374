import { element, fill } from "../client/element.ts";
import type { Session } from "../client/kept-session.ts";
import { language } from "../client/language.ts";
import type { Provider } from "./provider.ts";
import { signInTexts } from "./texts.ts";

/** Parameter of the page in the window in which a person signs in again, and its values. */
const PARAMETER = "sign-in";
const AGAIN = "again";
const AS_OTHER = "as-other";
const WINDOW = "popup,width=520,height=720";

/** True in the window in which a person signs in again for a page that stays open. */
export function isSigningInAgain(): boolean {
  return signingIn() === AGAIN || isSigningInAsOther();
}

/** True where the issuer has to ask for another person than it knows. */
export function isSigningInAsOther(): boolean {
  return signingIn() === AS_OTHER;
}

function signingIn(): string | null {
  return new URLSearchParams(location.search).get(PARAMETER);
}

/** Notice above the page that its person has to sign in again. The page below stays as it is, with all that was typed. */
export function signInAgainNotice(provider: Provider, session: Session) {
  const texts = signInTexts(provider);
  const open = (event: Event) => {
    if (window.open(link.href, "motcua-sign-in", WINDOW)) event.preventDefault(); // otherwise the link opens a tab
  };
  const text = element("p");
  const link = element("a", { class: "small", target: "_blank", click: open }, texts.signInAgain);
  const notice = element("div", { class: "notice sign-in-again", role: "alert" });

  function showWith(message: string, how: string): void {
    text.textContent = message;
    link.href = `${location.pathname}?${new URLSearchParams({ [PARAMETER]: how, lang: language })}`;
    fill(notice, text, link);
    document.getElementById("live")?.before(notice);
  }

  return {
    show: () => showWith(texts.ended, AGAIN),
    showOtherPerson: () => showWith(texts.otherPerson(session.name ?? session.subject), AS_OTHER),
    hide: () => notice.remove(),
  };
}
