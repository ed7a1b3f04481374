import { createServer, type RequestListener } from "node:http";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";
import { permissionsOf } from "../../../subgraphs/_shared/rights/permissions.ts";
import { closeServer, listen } from "../../../subgraphs/_shared/serving/http.ts";

const CLIENT_ID = "motcua-screens";
const AUDIENCE = "urn:motcua:gateway";
/** Scopes that the resource server of this provider has. */
const SCOPES = [...new Set([...permissionsOf("clerk"), ...permissionsOf("portal")])];

/** An OpenID provider with one public client. Whoever signs in as `clerk@31471` is a clerk of that office, as `portal@93` the portal of that province. */
export type OpenidProvider = {
  issuer: string;
  /** Variables of a gateway whose screens sign in here. */
  variables: NodeJS.ProcessEnv;
  /** Registers the pages of a gateway as addresses to which people are sent back. */
  register(gatewayUrl: string): Promise<void>;
  /** Life of the access tokens that are issued from now on. */
  issueFor(seconds: number): void;
  /** From now on, issues refresh tokens or none. */
  issueRefreshTokens(isWanted: boolean): void;
  /** Ends a refresh token and those that have replaced it. */
  revoke(refreshToken: string): Promise<void>;
  close(): Promise<void>;
};

export async function openidProvider(): Promise<OpenidProvider> {
  let listener: RequestListener = (_, response) => void response.writeHead(503).end();
  let seconds = 300;
  let isRefreshing = true;
  let provider: Provider | undefined;
  const server = createServer((request, response) => listener(request, response));
  const issuer = `http://127.0.0.1:${await listen(server, 0)}`;
  return {
    issuer,
    variables: {
      ...{ MOTCUA_DEMO_DIR: "", JWKS_URL: `${issuer}/jwks`, JWT_ISSUER: issuer, JWT_AUDIENCE: AUDIENCE },
      ...{ OIDC_CLIENT_ID: CLIENT_ID, OIDC_SCOPES: ["openid", ...SCOPES].join(",") },
    },
    async register(gatewayUrl) {
      provider = await providerFor(issuer, gatewayUrl, { seconds: () => seconds, isRefreshing: () => isRefreshing });
      listener = provider.callback();
    },
    issueFor(given) {
      seconds = given;
    },
    issueRefreshTokens(isWanted) {
      isRefreshing = isWanted;
    },
    async revoke(refreshToken) {
      const found = await provider?.RefreshToken.find(refreshToken);
      if (!found) throw new Error("The provider has no such refresh token");
      await provider?.RefreshToken.revokeByGrantId(found.grantId);
    },
    close: () => closeServer(server, 0),
  };
}

type Issuing = { seconds(): number; isRefreshing(): boolean };

async function providerFor(issuer: string, gatewayUrl: string, { seconds, isRefreshing }: Issuing): Promise<Provider> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const pages = ["desk", "office", "board", "portal"].map((name) => `${gatewayUrl}/${name}`);
  const hour = 3_600;
  return new Provider(issuer, {
    clients: [
      {
        ...{ client_id: CLIENT_ID, token_endpoint_auth_method: "none" },
        ...{ redirect_uris: pages, post_logout_redirect_uris: pages },
        ...{ grant_types: ["authorization_code", "refresh_token"], response_types: ["code"] },
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: "k1", alg: "RS256", use: "sig" }] },
    cookies: { keys: ["a key of a test"] },
    scopes: ["openid"],
    ttl: { Grant: hour, IdToken: hour, Interaction: hour, RefreshToken: hour, Session: hour },
    clientBasedCORS: (_, origin) => origin === gatewayUrl,
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    extraTokenClaims(_, { accountId }) {
      const [role, place] = accountId.split("@");
      return { role, [role === "portal" ? "province" : "office"]: place };
    },
    issueRefreshToken: isRefreshing,
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          ...{ scope: SCOPES.join(" "), audience: AUDIENCE },
          ...{ accessTokenFormat: "jwt", accessTokenTTL: seconds() },
        }),
      },
    },
  });
}
