import * as oauth from "oauth4webapi";
import { tellOtherTabs } from "./other-tabs.ts";
import type { Provider } from "./provider.ts";
import { keepTokens, keptTokens, refreshedTokens, type Tokens } from "./tokens.ts";

/** Tabs take turns: a refresh token that is used twice may end the person's session at the issuer. */
const LOCK = "motcua-tokens";
/** Pause after a passing fault: an issuer that was not reached, is busy or is out of order. */
const RETRY_MS = 10_000;

/** Error codes with which a token endpoint refuses a refresh token for good (RFC 6749, section 5.2). */
const REFUSALS = new Set([
  ...["invalid_request", "invalid_client", "invalid_grant"],
  ...["unauthorized_client", "unsupported_grant_type", "invalid_scope"],
]);

type Hearing = { accept(tokens: Tokens): void /** The refresh token is over. */; end(): void };

/** Replaces an access token by means of the refresh token, once at a time. False: there is no other token now. */
export function tokenRenewal(provider: Provider, { accept, end }: Hearing): (refused: string) => Promise<boolean> {
  let renewing: Promise<boolean> | undefined;
  let pauseUntil = 0;

  /** Another tab that shares the refresh token may have replaced the token meanwhile. */
  async function renewed(refused: string): Promise<boolean> {
    const before = keptTokens();
    if (before && before.accessToken !== refused) return true;
    if (!before?.refreshToken || Date.now() < pauseUntil) return false;
    try {
      const tokens = await refreshedTokens(provider, before);
      accept(tokens);
      tellOtherTabs({ kind: "tokens", tokens, replaced: before.refreshToken });
      return true;
    } catch (error) {
      if (!isRefusal(error)) pauseUntil = Date.now() + RETRY_MS;
      else {
        keepTokens({ ...before, refreshToken: undefined, renewAt: undefined });
        end();
      }
      return false;
    }
  }

  async function inTurn(refused: string): Promise<boolean> {
    return await navigator.locks.request(LOCK, () => renewed(refused));
  }

  return (refused) => {
    renewing ??= inTurn(refused).finally(() => {
      renewing = undefined;
    });
    return renewing;
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof oauth.ResponseBodyError && REFUSALS.has(error.error);
}
