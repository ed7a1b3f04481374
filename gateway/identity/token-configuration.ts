import * as z from "zod";
import {
  type ClaimPlaces,
  claimPlaces,
  claimsSetting,
  claimVariables,
} from "../../subgraphs/_shared/identity/claim-places.ts";
import { keySetAddress, tokenAlgorithms } from "../../subgraphs/_shared/identity/token-variables.ts";
import type { PublishedIssuer } from "../../subgraphs/_shared/identity/token-verifier.ts";
import { list } from "../../subgraphs/_shared/serving/environment.ts";
import type { TokenTrust } from "./token-trust.ts";

const DEMO_ISSUER = "urn:motcua:demo";
const DEMO_AUDIENCE = "urn:motcua:gateway";
const EXAMPLE = '[{"issuer": "https://id.example", "audience": "shop", "jwksUrl": "https://id.example/jwks"}]';

/** The required variables depend on the mode; all bad ones are named at once. */
export function tokenVariables(environment: NodeJS.ProcessEnv, production: boolean) {
  const published = production || Boolean(environment.JWKS_URL);
  const needed = (what: string) => z.string({ error: `is required with JWKS_URL: ${what}` });
  const unpublished = (fallback: string) => {
    const isUnused = !environment.MOTCUA_DEMO_DIR;
    const error = "has no effect without JWKS_URL, the address of the issuer's keys; set both or neither";
    const given = z.string().optional();
    return given.refine((each) => !isUnused || each === undefined, { error }).transform((each) => each ?? fallback);
  };
  const audience = published ? needed("the audience that tokens must name (aud)") : unpublished(DEMO_AUDIENCE);
  return {
    MOTCUA_DEMO_DIR: z
      .string()
      .optional()
      .refine((directory) => !(production && directory), {
        error: "demo mode is refused when NODE_ENV=production; unset one of the two",
      })
      .refine((directory) => !(directory && environment.JWKS_URL), {
        error: "demo mode trusts its own tokens alone; unset either this or JWKS_URL",
      }),
    JWKS_URL: keySetAddress(production)
      .optional()
      .refine((url) => !production || url !== undefined, {
        error: "is required in production: the https address of the token issuer's keys (JWKS)",
      }),
    JWT_ISSUER: published ? needed("the issuer that tokens must name (iss)") : unpublished(DEMO_ISSUER),
    JWT_AUDIENCE: audience.transform((text) => list.parse(text)),
    JWT_ALGORITHMS: tokenAlgorithms,
    ...claimVariables,
    MORE_ISSUERS: moreIssuers(production, published),
  };
}

/** Issuers besides the first, as JSON. An issuer with `claims` has its own places of claims. */
function moreIssuers(production: boolean, published: boolean) {
  const issuer = z.strictObject({
    issuer: z.string({ error: "is required: the issuer that tokens must name (iss)" }).min(1),
    audience: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
        error: "is required: the audience that tokens must name (aud)",
      })
      .transform((given) => [given].flat()),
    jwksUrl: keySetAddress(production),
    algorithms: z
      .array(z.string())
      .transform((names) => names.join(","))
      .optional()
      .pipe(tokenAlgorithms),
    claims: claimsSetting.optional(),
  });
  return z
    .string()
    .optional()
    .transform((text, context): unknown => {
      if (text !== undefined && !published) {
        context.addIssue({ code: "custom", message: "is refused without JWKS_URL, which names the first issuer" });
      }
      try {
        return text === undefined ? [] : JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: `must be JSON such as ${EXAMPLE}` });
        return z.NEVER;
      }
    })
    .pipe(z.array(issuer, { error: `must be a list such as ${EXAMPLE}` }));
}

type Read = z.output<z.ZodObject<ReturnType<typeof tokenVariables>>>;

export function tokenTrust(read: Read): TokenTrust {
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audiences, MOTCUA_DEMO_DIR: directory } = read;
  const claims = claimPlaces(read);
  const [audience = "", ...further] = audiences;
  if (directory) return { kind: "demo", directory, issuer, audience, claims };
  if (!read.JWKS_URL) return { kind: "none" };
  return {
    ...{ kind: "published", issuer, claims, algorithms: read.JWT_ALGORITHMS },
    jwksUrl: new URL(read.JWKS_URL),
    audience: further.length > 0 ? audiences : audience,
    others: read.MORE_ISSUERS.map((each) => publishedIssuer(each, claims)),
  };
}

/** An issuer without `claims` has those of the first issuer. */
function publishedIssuer(read: Read["MORE_ISSUERS"][number], claims: ClaimPlaces): PublishedIssuer {
  return { ...read, jwksUrl: new URL(read.jwksUrl), claims: read.claims ?? claims };
}
