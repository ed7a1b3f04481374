// The client of a provincial portal, without a package. The page that shows this text runs this very file.

export type Change = { cursor: string; at: string; note: string | null; dossier: Dossier; part: Part | null };
type Dossier = { code: string; state: string };
type Part = { state: string };
type Page = { nodes: Change[]; pageInfo: { hasNextPage: boolean; endCursor: string } };

const FIELDS = "cursor at note dossier { code state } part { state }";
const MISSED = `query Missed($since: String) { dossierChanges(since: $since, first: 200) {
  nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`;
const FOLLOW = `subscription Follow($after: ID) { dossiersChanged(after: $after) { ${FIELDS} } }`;

/** Sends a request with the portal's token; after status 401 once more, with another token. */
export type Authorized = (send: (authorization: string) => Promise<Response>) => Promise<Response>;

function send(authorized: Authorized, query: string, variables: object, accept: string): Promise<Response> {
  const body = JSON.stringify({ query, variables });
  return authorized((authorization) => {
    const headers = { authorization, accept, "content-type": "application/json" };
    return fetch("/graphql", { method: "POST", headers, body });
  });
}

/** Data of an answer. @throws its first error */
function dataOf<T>(answer: string): T {
  const { data, errors } = JSON.parse(answer);
  if (errors) throw new Error(errors[0].message);
  return data;
}

export async function ask<T>(authorized: Authorized, query: string, variables = {}): Promise<T> {
  const response = await send(authorized, query, variables, "application/json");
  return dataOf(await response.text());
}

/** Changes after a cursor, then each as it comes. When the line breaks, call it with the last cursor again. */
export async function* changesAfter(authorized: Authorized, cursor?: string | null) {
  let after = cursor; // null: from the oldest change that is kept; undefined: from now on
  for (let isBehind = after !== undefined; isBehind; ) {
    const { dossierChanges } = await ask<{ dossierChanges: Page }>(authorized, MISSED, { since: after });
    after = dossierChanges.pageInfo.endCursor;
    isBehind = dossierChanges.pageInfo.hasNextPage;
    yield { changes: dossierChanges.nodes, isBehind };
  }
  const { body } = await send(authorized, FOLLOW, { after }, "text/event-stream");
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    const events = (rest + read.value).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const [, answer] = /^data: (\{.*)$/m.exec(event) ?? [];
      if (answer) yield { changes: [dataOf<{ dossiersChanged: Change }>(answer).dossiersChanged], isBehind: false };
    }
  }
}
