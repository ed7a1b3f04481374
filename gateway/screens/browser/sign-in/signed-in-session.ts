import { type JsonPointer, valueAt } from "../../../../subgraphs/_shared/identity/json-pointer.ts";
import type { Session } from "../client/kept-session.ts";
import { tokenClaims } from "../client/token-claims.ts";
import type { Provider } from "./provider.ts";
import type { Tokens } from "./tokens.ts";

/** Name under which a person who has signed in sends operations. */
const PERSON = "person";

/** Session of the person whom tokens describe; undefined if the person has none of the roles. */
export function sessionOf(provider: Provider, tokens: Tokens, roles: readonly string[]): Session | undefined {
  const claims = tokenClaims<unknown>(tokens.accessToken);
  const claim = (name: keyof Provider["claims"]) => textAt(claims, provider.claims[name]);
  const named = [provider.claims.role && valueAt(claims, provider.claims.role)].flat();
  const role = roles.find((each) => named.includes(each));
  if (role === undefined) return undefined;
  const place = { office: claim("office"), province: claim("province"), agency: claim("agency") };
  const name = textAt(claims, ["name"]) ?? textAt(claims, ["preferred_username"]);
  return { persona: PERSON, subject: claim("subject") ?? "", role, issuer: provider.issuer, name, ...place };
}

/** True if the tokens are those of the session's person. */
export function isOfSession(provider: Provider, tokens: Tokens, session: Session): boolean {
  const { subject } = provider.claims;
  return textAt(tokenClaims<unknown>(tokens.accessToken), subject) === session.subject;
}

function textAt(claims: unknown, place: JsonPointer | undefined): string | undefined {
  const value = place && valueAt(claims, place);
  return typeof value === "string" ? value : undefined;
}
