/** Claims of the token of the person at a screen, kept in the browser. Tokens of an issuer are kept beside it, by their tab alone. */
export type Session = {
  /** Name under which operations are sent. */
  persona: string;
  subject: string;
  role: string;
  /** Commune code of the office; absent for callers without one. */
  office?: string;
  province?: string;
  agency?: string;
  /** Issuer at which the person signed in; absent for a persona of the demo. */
  issuer?: string;
  /** Name of the person as the issuer writes it, if it does. */
  name?: string;
};

/** Session that was begun in this browser and not ended; a line that is down does not end it. */
export function keptSession(screen: string): Session | undefined {
  const kept = localStorage.getItem(keyOf(screen));
  return kept ? (JSON.parse(kept) as Session) : undefined; // written by keepSession alone
}

/** Session of this tab, whoever has signed in in another one; undefined in a tab that has begun none. */
export function ownSession(screen: string): Session | undefined {
  const kept = sessionStorage.getItem(keyOf(screen));
  return kept ? (JSON.parse(kept) as Session) : undefined; // written by keepSession alone
}

export function keepSession(screen: string, session: Session): void {
  for (const storage of [localStorage, sessionStorage]) storage.setItem(keyOf(screen), JSON.stringify(session));
}

/** Forgets the session of this tab, and that of the browser if it is of the same person. */
export function forgetSession(screen: string, { subject }: Session): void {
  sessionStorage.removeItem(keyOf(screen));
  if (keptSession(screen)?.subject === subject) localStorage.removeItem(keyOf(screen));
}

function keyOf(screen: string): string {
  return `motcua-${screen}-session`;
}
