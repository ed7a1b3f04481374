import { fromDemo } from "./demo-endpoints.ts";

/** Tokens are valid for an hour. */
const RENEW_MS = 3_000_000;

const tokens = new Map<string, { value: string; until: number }>();

/**
 * Authorization header of a persona, such as `clerk` or `clerk@31471` for an office; undefined for "", which is anonymous, and
 * where nobody issues a token now.
 */
export async function personaHeader(persona: string, signal?: AbortSignal): Promise<string | undefined> {
  if (!persona) return undefined;
  const known = tokens.get(persona);
  if (known && known.until > Date.now()) return `Bearer ${known.value}`;
  const [role = "", commune] = persona.split("@");
  const search = new URLSearchParams({ persona: role, ...(commune && { commune }) });
  const issued = await fromDemo<{ access_token: string }>(`token?${search}`, signal);
  if (!issued) return undefined;
  tokens.set(persona, { value: issued.access_token, until: Date.now() + RENEW_MS });
  return `Bearer ${issued.access_token}`;
}
