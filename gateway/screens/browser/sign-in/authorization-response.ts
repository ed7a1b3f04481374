import * as oauth from "oauth4webapi";
import type { Session } from "../client/kept-session.ts";
import { language } from "../client/language.ts";
import { forgetRequest, ownAddress, type PendingRequest, pendingRequest } from "./authorization-request.ts";
import { authorizationServer, clientOf, type Provider, redirectUri, requestOptions } from "./provider.ts";
import { type SignInFault, signInFault } from "./sign-in-fault.ts";
import { sessionOf } from "./signed-in-session.ts";
import { type Tokens, tokensOf } from "./tokens.ts";

export type SignedIn = { session: Session; tokens: Tokens; isAgain: boolean };
export type Outcome = SignedIn | { fault: SignInFault; isAgain: boolean };

/** True at the address to which the issuer has sent the browser back. */
export function isAuthorizationResponse(): boolean {
  const given = new URLSearchParams(location.search);
  return given.has("state") && (given.has("code") || given.has("error"));
}

/** True where the page is opened anew, so that the response is read in the language in which the sign-in began. */
export function changesLanguage(): boolean {
  const pending = pendingRequest();
  if (!pending || pending.language === language) return false;
  const address = new URL(location.href);
  address.searchParams.set("lang", pending.language);
  location.replace(address);
  return true;
}

/**
 * Reads the authorization response in the address and exchanges its code. The address is cleaned first, so that no reload and no history
 * uses the code again.
 */
export async function readAuthorizationResponse(provider: Provider, roles: readonly string[]): Promise<Outcome> {
  const given = new URLSearchParams(location.search);
  const pending = pendingRequest();
  forgetRequest();
  history.replaceState(null, "", pending?.returnTo ?? ownAddress());
  if (!pending) return { fault: { kind: "foreign response", detail: "" }, isAgain: false };
  const { isAgain } = pending;
  try {
    const tokens = await exchanged(provider, given, pending);
    if ("kind" in tokens) return { fault: tokens, isAgain };
    const refusal = await refusalOf(tokens);
    if (refusal) return { fault: { kind: "refused token", detail: refusal }, isAgain };
    const session = sessionOf(provider, tokens, roles);
    return session
      ? { session, tokens, isAgain }
      : { fault: { kind: "wrong role", detail: roles.join(", ") }, isAgain };
  } catch (error) {
    return { fault: signInFault(error), isAgain };
  }
}

/** Tokens for the code of a response; a fault if the response answers no request of this tab. */
async function exchanged(
  provider: Provider,
  given: URLSearchParams,
  { state, nonce, verifier }: PendingRequest,
): Promise<Tokens | SignInFault> {
  if (given.get("state") !== state) return { kind: "foreign response", detail: "" };
  const [server, client] = [await authorizationServer(provider), clientOf(provider)];
  const checked = oauth.validateAuthResponse(server, client, given, state);
  const options = requestOptions(provider);
  const [redirect, none] = [redirectUri(), oauth.None()];
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    none,
    checked,
    redirect,
    verifier,
    options,
  );
  const expected = { expectedNonce: nonce, requireIdToken: true };
  return tokensOf(await oauth.processAuthorizationCodeResponse(server, client, response, expected));
}

/** Reason why the gateway accepts no operation with a token; undefined if it does, or does not answer now. */
async function refusalOf({ accessToken }: Tokens): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
  const sent = { method: "POST", headers, body: '{"query":"{ __typename }"}' };
  const response = await fetch("/graphql", sent).catch(() => undefined);
  if (response?.status !== 401) return undefined;
  const { errors = [] } = (await response.json()) as { errors?: { message: string }[] };
  return errors.map(({ message }) => message).join(" ");
}
