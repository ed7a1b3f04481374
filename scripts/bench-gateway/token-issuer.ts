import { createServer, type Server } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { permissionsOf } from "../../subgraphs/_shared/rights/permissions.ts";

const ISSUER = "urn:motcua:bench";
const AUDIENCE = "urn:motcua:bench:gateway";
const CALLERS = 64;

/** Token issuer with published keys, and one token per caller. */
export type TokenIssuer = {
  tokens: string[];
  /** Variables by which a gateway trusts the issuer. */
  environment: Record<string, string>;
  /** Variables by which an agency accepts its tokens in place of the signed identity. */
  agencyEnvironment: Record<string, string>;
  close(): void;
};

export async function openTokenIssuer(port: number, officeOf: (caller: number) => string): Promise<TokenIssuer> {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: "ES256", kid: "bench", use: "sig" }] });
  const server: Server = createServer((_, response) => {
    response.setHeader("content-type", "application/json").end(keys);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const tokenOf = (caller: number) =>
    new SignJWT({ role: "clerk", office: officeOf(caller), scope: permissionsOf("clerk").join(" ") })
      .setProtectedHeader({ alg: "ES256", kid: "bench" })
      .setSubject(`bench:clerk:${caller}`)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt()
      .setExpirationTime("12h")
      .sign(privateKey);
  const url = `http://127.0.0.1:${port}/keys`;
  return {
    tokens: await Promise.all(Array.from({ length: CALLERS }, (_, caller) => tokenOf(caller))),
    environment: { JWKS_URL: url, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE },
    agencyEnvironment: { IDENTITY_JWKS_URL: url, IDENTITY_JWT_ISSUER: ISSUER, IDENTITY_JWT_AUDIENCE: AUDIENCE },
    close: () => server.close(),
  };
}
