import * as oauth from "oauth4webapi";
import { language } from "../client/language.ts";
import { authorizationServer, type Provider, redirectUri } from "./provider.ts";

/** Authorization request as the tab remembers it until its response. */
export type PendingRequest = {
  state: string;
  nonce: string;
  verifier: string;
  /** Place of the page at which the sign-in began. */
  returnTo: string;
  language: string;
  /** True in the window in which a person signs in again for a page that stays open. */
  isAgain: boolean;
};

const KEY = "motcua-sign-in";

/**
 * Leaves for the issuer: authorization code with PKCE (RFC 7636, S256). `prompt` asks for the password also where the issuer knows the
 * person already. @throws as fetch and oauth4webapi do
 */
export async function requestAuthorization(
  provider: Provider,
  { isAgain, prompt }: { isAgain: boolean; prompt?: "login" | undefined },
): Promise<void> {
  const { authorization_endpoint: endpoint } = await authorizationServer(provider);
  if (!endpoint) throw new Error("The discovery document names no authorization endpoint");
  const pending: PendingRequest = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
    returnTo: ownAddress(),
    ...{ language, isAgain },
  };
  const address = new URL(endpoint);
  const parameters = {
    client_id: provider.clientId,
    redirect_uri: redirectUri(),
    response_type: "code",
    scope: provider.scope,
    ...{ state: pending.state, nonce: pending.nonce },
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: "S256",
    ui_locales: language,
    ...(prompt && { prompt }),
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  sessionStorage.setItem(KEY, JSON.stringify(pending));
  location.assign(address);
}

/** The request that the tab waits for; undefined if it has begun none. */
export function pendingRequest(): PendingRequest | undefined {
  const kept = sessionStorage.getItem(KEY);
  return kept ? (JSON.parse(kept) as PendingRequest) : undefined; // written by requestAuthorization alone
}

/** A response is read once, whatever comes of it. */
export function forgetRequest(): void {
  sessionStorage.removeItem(KEY);
}

/** Address of this page in its language, without the parameters of a sign-in. */
export function ownAddress(): string {
  return `${location.pathname}${language === "en" ? "?lang=en" : ""}${location.hash}`;
}
