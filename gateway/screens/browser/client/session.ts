import { personaHeader } from "./persona-token.ts";

/** Claims of the token of the person at a screen. They are kept in the browser; the token is not. */
export type Session = {
  /** Name under which operations are sent. */
  persona: string;
  subject: string;
  role: string;
  /** Commune code of the office; absent for callers without one. */
  office?: string;
  province?: string;
  agency?: string;
};

/** Signs in as a persona. Undefined where no token is issued. */
export async function signIn(screen: string, persona: string): Promise<Session | undefined> {
  const header = await personaHeader(persona);
  if (!header) return undefined;
  const { sub, role, office, province, agency } = claimsOf(header);
  const session: Session = { persona, subject: sub, role, office, province, agency };
  localStorage.setItem(keyOf(screen), JSON.stringify(session));
  return session;
}

/** Session that was begun in this browser and not ended; a line that is down does not end it. */
export function knownSession(screen: string): Session | undefined {
  const kept = localStorage.getItem(keyOf(screen));
  return kept ? (JSON.parse(kept) as Session) : undefined; // written by signIn alone
}

export function signOut(screen: string): void {
  localStorage.removeItem(keyOf(screen));
}

type Claims = { sub: string; role: string; office?: string; province?: string; agency?: string };

/** Claims of a token, which the gateway verifies; the screen only shows them. */
function claimsOf(header: string): Claims {
  const [, payload = ""] = header.split(".");
  const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Claims; // every token of the graph has these claims
}

function keyOf(screen: string): string {
  return `motcua-${screen}-session`;
}
