import { authorizeBy, tellSignedInAgain } from "../client/authorization.ts";
import type { Session } from "../client/kept-session.ts";
import { hearOtherTabs, type News } from "./other-tabs.ts";
import type { Provider } from "./provider.ts";
import { signInAgainNotice } from "./sign-in-again-notice.ts";
import { isOfSession } from "./signed-in-session.ts";
import { tokenRenewal } from "./token-renewal.ts";
import { forgetTokens, keepTokens, keptTokens, type Tokens } from "./tokens.ts";

const SCHEME = "Bearer ";
/** Header without a token. The gateway refuses the request as a whole, so that none is answered as if it were anonymous. */
const NO_TOKEN = `${SCHEME}none`;

type Waiting = { done: Promise<void>; end(): void };

/**
 * Sends operations with the token of the person who has signed in. The token is replaced before it ends, by the refresh token; where that
 * is over, the person signs in again in a window of its own, and the page stays as it is.
 */
export function authorizePerson(provider: Provider, session: Session): void {
  const notice = signInAgainNotice(provider, session);
  let waiting: Waiting | undefined;

  function signInAgain(): void {
    if (waiting) return;
    waiting = newWaiting();
    notice.show();
  }

  function accept(tokens: Tokens): void {
    keepTokens(tokens);
    notice.hide();
    if (!waiting) return;
    waiting.end();
    waiting = undefined;
    tellSignedInAgain();
  }

  function hear(news: News): void {
    if (news.kind === "signed out") leaveWith(session, news.subject);
    else if (!waiting && (!news.replaced || news.replaced !== keptTokens()?.refreshToken)) return;
    else if (isOfSession(provider, news.tokens, session)) accept(news.tokens);
    else notice.showOtherPerson();
  }

  const renew = tokenRenewal(provider, { accept, end: signInAgain });
  hearOtherTabs(hear);
  authorizeBy({
    isOfPerson: true,
    async header(persona, { signal, isPatient } = {}) {
      if (!persona) return undefined;
      if (isPatient && waiting) await doneOrAborted(waiting.done, signal);
      const tokens = keptTokens();
      if (!tokens || (isDue(tokens) && !(await renew(tokens.accessToken)) && !keptTokens()?.refreshToken))
        signInAgain();
      const { accessToken } = keptTokens() ?? {};
      return accessToken ? SCHEME + accessToken : NO_TOKEN;
    },
    async renew(refused) {
      const isRenewed = await renew(refused.slice(SCHEME.length));
      if (!isRenewed) signInAgain();
      return isRenewed;
    },
  });
}

function isDue({ renewAt }: Tokens): boolean {
  return renewAt !== undefined && renewAt <= Date.now();
}

/** A person who signs out in one tab has signed out in all. */
function leaveWith(session: Session, subject: string): void {
  if (subject !== session.subject) return;
  forgetTokens();
  location.reload();
}

function newWaiting(): Waiting {
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { done, end };
}

function doneOrAborted(done: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    signal?.addEventListener("abort", () => resolve());
    void done.then(resolve);
  });
}
