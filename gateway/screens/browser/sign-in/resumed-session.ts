import type { Session } from "../client/kept-session.ts";
import { isAuthorizationResponse } from "./authorization-response.ts";
import { authorizePerson } from "./person-authorization.ts";
import type { Provider } from "./provider.ts";
import { isSigningInAgain } from "./sign-in-again-notice.ts";
import { isOfSession } from "./signed-in-session.ts";
import { keptTokens } from "./tokens.ts";

/** The kept session, if this tab has tokens of its person; undefined at any step of a sign-in. */
export function resumedSession(provider: Provider, kept: Session | undefined): Session | undefined {
  if (isAuthorizationResponse() || isSigningInAgain() || kept?.issuer !== provider.issuer) return undefined;
  const tokens = keptTokens();
  if (!tokens || !isOfSession(provider, tokens, kept)) return undefined;
  authorizePerson(provider, kept);
  return kept;
}
