import * as oauth from "oauth4webapi";
import { authorizationServer, clientOf, type Provider, requestOptions } from "./provider.ts";

/** Tokens of the person at this tab. They live as long as the tab. */
export type Tokens = {
  accessToken: string;
  refreshToken?: string | undefined;
  /** Tells the issuer at the sign-out whose session ends. */
  idToken?: string | undefined;
  /** Milliseconds since 1970 from which the access token is replaced before it is used. */
  renewAt?: number | undefined;
};

const KEY = "motcua-tokens";
/** A token is replaced this long before its end, or at half of its life if that is short. */
const AHEAD_S = 30;

export function keptTokens(): Tokens | undefined {
  const kept = sessionStorage.getItem(KEY);
  return kept ? (JSON.parse(kept) as Tokens) : undefined; // written by keepTokens alone
}

export function keepTokens(tokens: Tokens): void {
  sessionStorage.setItem(KEY, JSON.stringify(tokens));
}

export function forgetTokens(): void {
  sessionStorage.removeItem(KEY);
}

/** Tokens of a response of the token endpoint; what it leaves out stays as it was. */
export function tokensOf(response: oauth.TokenEndpointResponse, before?: Tokens): Tokens {
  const { access_token, refresh_token, id_token, expires_in: life } = response;
  return {
    accessToken: access_token,
    refreshToken: refresh_token ?? before?.refreshToken,
    idToken: id_token ?? before?.idToken,
    renewAt: life === undefined ? undefined : Date.now() + Math.max(life - AHEAD_S, life / 2) * 1_000,
  };
}

/** New tokens for a refresh token. @throws as fetch and oauth4webapi do */
export async function refreshedTokens(provider: Provider, before: Tokens): Promise<Tokens> {
  const [server, client] = [await authorizationServer(provider), clientOf(provider)];
  const { refreshToken = "" } = before;
  const options = requestOptions(provider);
  const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options);
  return tokensOf(await oauth.processRefreshTokenResponse(server, client, response), before);
}
