import * as oauth from "oauth4webapi";
import type { JsonPointer } from "../../../../subgraphs/_shared/identity/json-pointer.ts";

/** Issuer at which people sign in and the client that this page is there, as the gateway has written them into the page. */
export type Provider = {
  issuer: string;
  clientId: string;
  scope: string;
  claims: Partial<Record<"subject" | "role" | "office" | "province" | "agency", JsonPointer>>;
};

/** An issuer that takes longer than this counts as unreachable. */
const PATIENCE_MS = 10_000;
/** Wrong clocks of office machines are frequent; the ID token comes from the issuer's own endpoint. */
const CLOCK_TOLERANCE_S = 300;

/** Undefined where people sign in by persona. */
export function configuredProvider(): Provider | undefined {
  const given = document.getElementById("live")?.dataset.signIn;
  return given ? (JSON.parse(given) as Provider) : undefined; // written by the gateway
}

/** Host of the issuer, as people know it. */
export function providerName({ issuer }: Provider): string {
  return new URL(issuer).host;
}

/** Address to which the issuer sends people back: that of the page, in whichever language and state it is. */
export function redirectUri(): string {
  return location.origin + location.pathname;
}

/** Public client: it has no secret, and PKCE binds its codes to the tab. */
export function clientOf({ clientId }: Provider): oauth.Client {
  return { client_id: clientId, [oauth.clockTolerance]: CLOCK_TOLERANCE_S };
}

/** Options of requests to the issuer. Plain http passes only if the issuer itself is configured so. */
export function requestOptions({ issuer }: Provider) {
  return { [oauth.allowInsecureRequests]: issuer.startsWith("http:"), signal: AbortSignal.timeout(PATIENCE_MS) };
}

let metadata: Promise<oauth.AuthorizationServer> | undefined;

/** Metadata of the issuer (OpenID Connect Discovery), read once. @throws as fetch and oauth4webapi do */
export function authorizationServer(provider: Provider): Promise<oauth.AuthorizationServer> {
  metadata ??= discovered(provider).catch((error: unknown) => {
    metadata = undefined;
    throw error;
  });
  return metadata;
}

async function discovered(provider: Provider): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(provider.issuer);
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, requestOptions(provider)));
}
