import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { closeServer, listen } from "../../../subgraphs/_shared/serving/http.ts";

/** An issuer of tokens that publishes its key. */
export type TokenIssuer = {
  issuer: string;
  jwksUrl: string;
  /** A token with claims; `expires` as in `5m` or `-1m`. */
  token(claims: Record<string, unknown>, options?: { audience?: string; expires?: string }): Promise<string>;
  close(): Promise<void>;
};

export async function tokenIssuer(issuer = "https://id.example", defaultAudience = "graph"): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid: issuer, alg: "ES256" };
  const server = createServer((_, response) => void response.end(JSON.stringify({ keys: [jwk] })));
  const jwksUrl = `http://127.0.0.1:${await listen(server, 0)}/jwks`;
  return {
    ...{ issuer, jwksUrl },
    token(claims, { audience = defaultAudience, expires = "5m" } = {}) {
      const jwt = new SignJWT({ sub: "u1", ...claims }).setProtectedHeader({ alg: "ES256", kid: issuer });
      return jwt.setIssuer(issuer).setAudience(audience).setExpirationTime(expires).sign(privateKey);
    },
    close: () => closeServer(server, 0),
  };
}
