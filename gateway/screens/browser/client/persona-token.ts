import { fromDemo } from "./demo-endpoints.ts";

/** Tokens are valid for an hour. */
const RENEW_MS = 3_000_000;

const tokens = new Map<string, { value: string; until: number }>();

/** Authorization header of a persona; undefined for "", which is anonymous, and outside demo mode. */
export async function personaHeader(persona: string): Promise<string | undefined> {
  if (!persona) return undefined;
  const known = tokens.get(persona);
  if (known && known.until > Date.now()) return `Bearer ${known.value}`;
  const issued = await fromDemo<{ access_token: string }>(`token?persona=${encodeURIComponent(persona)}`);
  if (!issued) return undefined;
  tokens.set(persona, { value: issued.access_token, until: Date.now() + RENEW_MS });
  return `Bearer ${issued.access_token}`;
}
