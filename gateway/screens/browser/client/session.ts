import { configuredProvider } from "../sign-in/provider.ts";
import { resumedSession } from "../sign-in/resumed-session.ts";
import { signOutAtProvider } from "../sign-in/sign-out.ts";
import { forgetSession, keepSession, keptSession, ownSession, type Session } from "./kept-session.ts";
import { personaHeader } from "./persona-token.ts";
import { tokenClaims } from "./token-claims.ts";

export type { Session } from "./kept-session.ts";

type Claims = { sub: string; role: string; office?: string; province?: string; agency?: string };

/** Signs in as a persona. Undefined where no token is issued. */
export async function signIn(screen: string, persona: string): Promise<Session | undefined> {
  const header = await personaHeader(persona);
  if (!header) return undefined;
  const { sub, role, office, province, agency } = tokenClaims<Claims>(header);
  const session: Session = { persona, subject: sub, role, office, province, agency };
  keepSession(screen, session);
  return session;
}

/** Session to go on with; undefined: somebody has to sign in, at the issuer where one is configured. */
export function knownSession(screen: string): Session | undefined {
  const kept = keptSession(screen);
  const provider = configuredProvider();
  if (provider) return resumedSession(provider, ownSession(screen) ?? kept);
  return kept?.issuer ? undefined : kept;
}

/** Ends the session of the page and leaves it. */
export function signOut(screen: string, session: Session): void {
  const provider = configuredProvider();
  // the next page of the demo goes on as the persona that is kept, whoever that is
  forgetSession(screen, provider ? session : (keptSession(screen) ?? session));
  if (provider) void signOutAtProvider(provider, session);
  else location.reload();
}
