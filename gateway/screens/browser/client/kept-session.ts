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

export function keepSession(screen: string, session: Session): void {
  localStorage.setItem(keyOf(screen), JSON.stringify(session));
}

export function forgetSession(screen: string): void {
  localStorage.removeItem(keyOf(screen));
}

function keyOf(screen: string): string {
  return `motcua-${screen}-session`;
}
