import type { Operation } from "./graph.ts";

/** Address of the playground with an operation in its fragment, which browsers send to no server. */
export function playgroundLink({ query, variables, persona }: Operation): string {
  const fragment = new URLSearchParams({ query, variables: JSON.stringify(variables, null, 2), persona });
  return `/playground#${fragment}`;
}

/** Operation of a fragment that `playgroundLink` has made; undefined for any other. */
export function sharedOperation(
  fragment: string,
): { query: string; variables: string; persona: string | null } | undefined {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const query = given.get("query");
  return query ? { query, variables: given.get("variables") ?? "{}", persona: given.get("persona") } : undefined;
}

/** Shell commands that send an operation as a persona. */
export function curlCommand(origin: string, { query, variables, persona }: Operation): string {
  const body = JSON.stringify({ query: shortened(query), variables });
  const token = `TOKEN=$(curl -s '${origin}/dev/token?persona=${inQuotes(encodeURIComponent(persona))}' | sed 's/.*"access_token": *"\\([^"]*\\)".*/\\1/')\n`;
  const bearer = persona ? ` -H "authorization: Bearer $TOKEN"` : "";
  const accept = /^\s*subscription\b/m.test(query) ? ` -N -H 'accept: text/event-stream'` : "";
  const sent = inQuotes(body);
  return `${persona ? token : ""}curl -s${accept} ${origin}/graphql${bearer} -H 'content-type: application/json' -d '${sent}'`;
}

/** Text within single quotes of a shell. A shared link may name anything, also as its persona. */
function inQuotes(text: string): string {
  return text.replaceAll("'", "'\\''");
}

/** Document without comments and line breaks; its strings must contain no number sign. */
function shortened(query: string): string {
  return query.replaceAll(/#.*$/gm, "").replaceAll(/\s+/g, " ").trim();
}
