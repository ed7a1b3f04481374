import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import * as z from "zod";
import { list } from "../serving/environment.ts";
import { anonymous, type Caller } from "./caller.ts";
import { claimPlaces, claimVariables } from "./claim-places.ts";
import { keySetAddress, tokenAlgorithms } from "./token-variables.ts";
import { type PublishedIssuer, publishedKeys, TokenFault, tokenVerifier } from "./token-verifier.ts";

/** An issuer whose tokens an agency accepts in place of the signed identity. */
export type BearerTrust = PublishedIssuer & {
  /** True if a request with neither is accepted as anonymous; otherwise it is refused. */
  admitsPublic: boolean;
};

/** Variables of an agency. All but the address of the keys have no effect without it. */
export function bearerVariables(environment: NodeJS.ProcessEnv, agencyName: string) {
  const needed = (what: string) => z.string({ error: `is required with IDENTITY_JWKS_URL: ${what}` });
  const issuer = needed("the issuer that tokens must name (iss)");
  return {
    IDENTITY_JWKS_URL: keySetAddress(environment.NODE_ENV === "production").optional(),
    IDENTITY_JWT_ISSUER: environment.IDENTITY_JWKS_URL ? issuer : z.string().optional(),
    IDENTITY_JWT_AUDIENCE: z
      .string()
      .default(agencyName)
      .transform((text) => list.parse(text)),
    IDENTITY_JWT_ALGORITHMS: tokenAlgorithms,
    IDENTITY_JWT_PUBLIC: z.enum(["on", "off"], { error: "must be on or off" }).default("off"),
    ...claimsOfAgencies,
  };
}

const { SCOPE_REGISTRY: _, ...claimsOfAgencies } = claimVariables;

/** Undefined where the agency accepts signed identities alone. Scopes of the registry always need a role here. */
export function bearerTrust(read: z.output<z.ZodObject<ReturnType<typeof bearerVariables>>>): BearerTrust | undefined {
  if (!read.IDENTITY_JWKS_URL) return undefined;
  return {
    jwksUrl: new URL(read.IDENTITY_JWKS_URL),
    issuer: read.IDENTITY_JWT_ISSUER ?? "",
    audience: read.IDENTITY_JWT_AUDIENCE,
    algorithms: read.IDENTITY_JWT_ALGORITHMS,
    claims: claimPlaces({ ...read, SCOPE_REGISTRY: "on" }),
    admitsPublic: read.IDENTITY_JWT_PUBLIC === "on",
  };
}

/**
 * Caller of a request without a signed identity, or the fault of its token; undefined where it has none and the public is not
 * admitted. @throws TokenFault when the issuer's keys cannot be fetched.
 */
export type BearerCaller = (request: IncomingMessage, now: number) => Promise<Caller | { fault: string } | undefined>;

export function bearerCallers({ admitsPublic, ...issuer }: BearerTrust): BearerCaller {
  const verify = tokenVerifier([{ ...issuer, key: publishedKeys(issuer) }]);
  return async (request, now) => {
    const requestId = requestIdOf(request);
    const given = request.headers.authorization;
    if (given === undefined) return admitsPublic ? anonymous(requestId) : undefined;
    const [, token] = /^Bearer +([\w.~+/=-]+)$/i.exec(given) ?? [];
    if (!token || isRepeated(request)) return { fault: "Authorization must look like: Bearer TOKEN, once" };
    try {
      const { identity } = await verify(token, now);
      return { ...identity, requestId };
    } catch (error) {
      if (error instanceof TokenFault && error.kind === "invalid") return { fault: error.message };
      throw error;
    }
  };
}

/** True if there are several Authorization headers, of which Node would keep only the first. */
function isRepeated({ rawHeaders }: IncomingMessage): boolean {
  return rawHeaders.filter((each, at) => at % 2 === 0 && each.toLowerCase() === "authorization").length > 1;
}

/** Twelve separate digits. Request ids are logged, so one that may contain a personal number is replaced. */
const PERSONAL_NUMBER = /(?:^|[^0-9a-f])\d{12}(?:[^0-9a-f]|$)/i;

function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers["x-request-id"];
  const isUsable = typeof given === "string" && /^[\w.-]{8,64}$/.test(given) && !PERSONAL_NUMBER.test(given);
  return isUsable ? given : randomUUID();
}
