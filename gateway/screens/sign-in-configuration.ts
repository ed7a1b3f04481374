import * as z from "zod";
import { type ClaimPlaces, OWN_CLAIMS } from "../../subgraphs/_shared/identity/claim-places.ts";
import { isSecureAddress } from "../../subgraphs/_shared/identity/token-variables.ts";
import { list } from "../../subgraphs/_shared/serving/environment.ts";
import type { TokenTrust } from "../identity/token-trust.ts";

/** Sign-in at the screens: OpenID Connect, authorization code with PKCE, as a public client of an issuer. */
export type SignIn = {
  /** Issuer identifier, below which its discovery document is. */
  issuer: string;
  clientId: string;
  /** Scopes that the screens ask for, separated by spaces. */
  scope: string;
  /** Places of claims in the access tokens, as the gateway reads them. */
  claims: Pick<ClaimPlaces, "subject" | "role" | "office" | "province" | "agency">;
};

/** Characters of a scope (RFC 6749, section 3.3). A comma separates scopes here. */
const SCOPE = /^[\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]+$/;

/** Variables of the sign-in. They depend on those of the tokens, without which no token is accepted. */
export function signInVariables(environment: NodeJS.ProcessEnv, production: boolean) {
  const isSet = (name: string) => Boolean(environment[name]?.trim());
  const isUsed = isSet("OIDC_CLIENT_ID");
  const isAddress = issuerAddress(production).safeParse(environment.JWT_ISSUER?.trim()).success;
  return {
    OIDC_CLIENT_ID: z
      .string()
      .regex(/^[\x20-\x7e]{1,200}$/, { error: "must be the id of a client, up to 200 characters of ASCII" })
      .optional()
      .refine((id) => id === undefined || !isSet("MOTCUA_DEMO_DIR"), {
        error: "is refused in demo mode, which signs in by persona; unset either this or MOTCUA_DEMO_DIR",
      })
      .refine((id) => id === undefined || isSet("JWKS_URL") || isSet("MOTCUA_DEMO_DIR"), {
        error:
          "has no effect without JWKS_URL, the keys by which the issuer's tokens are verified; set both or neither",
      }),
    OIDC_ISSUER: issuerAddress(production)
      .optional()
      .refine((issuer) => issuer === undefined || isUsed, {
        error: "has no effect without OIDC_CLIENT_ID, the public client of the screens; set both or neither",
      })
      .refine((issuer) => issuer !== undefined || !isUsed || !isSet("JWT_ISSUER") || isAddress, {
        error: "is required with OIDC_CLIENT_ID, because JWT_ISSUER is no address at which people could sign in",
      }),
    OIDC_SCOPES: list
      .refine((scopes) => scopes.every((each) => SCOPE.test(each)), {
        error: "must be a list of scopes such as openid,offline_access",
      })
      .transform((scopes) => (scopes.length > 0 ? scopes : ["openid"]))
      .refine((scopes) => scopes.includes("openid"), {
        error: "must contain openid, without which the issuer sends no ID token",
      }),
  };
}

function issuerAddress(production: boolean) {
  const address = z.url({ protocol: /^https?$/, error: "must be the address of an issuer such as https://id.example" });
  return address
    .refine((url) => !/[?#]/.test(url), { error: "must have no query and no fragment (OpenID Connect Discovery)" })
    .refine((url) => !production || isSecureAddress(url), { error: "must be https in production" });
}

type Read = { JWT_ISSUER: string } & z.output<z.ZodObject<ReturnType<typeof signInVariables>>>;

/** Undefined without a client: screens then exist in demo mode alone. */
export function signInConfiguration(read: Read, trust: TokenTrust): SignIn | undefined {
  if (!read.OIDC_CLIENT_ID || trust.kind !== "published") return undefined;
  const issuer = read.OIDC_ISSUER ?? read.JWT_ISSUER;
  const { claims } = [trust, ...(trust.others ?? [])].find((each) => each.issuer === issuer) ?? trust;
  const { subject, role, office, province, agency } = claims ?? OWN_CLAIMS;
  const scope = read.OIDC_SCOPES.join(" ");
  return { issuer, clientId: read.OIDC_CLIENT_ID, scope, claims: { subject, role, office, province, agency } };
}
