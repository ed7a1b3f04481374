import { personaHeader } from "./persona.js";
import { wantsPlan } from "./plan.js";
import { subscriptionResults } from "./subscription-results.ts";

/** Sends an operation with the persona's token; an Authorization header typed into the page takes precedence. */
export async function fetcher(parameters, { headers: typed, documentAST } = {}) {
  const given = new Headers(typed);
  given.set("content-type", "application/json");
  const bearer = given.has("authorization") ? undefined : await personaHeader();
  if (bearer) given.set("authorization", bearer);
  if (wantsPlan()) given.set("x-motcua-plan", "1");
  const body = JSON.stringify(parameters);
  const send = (added, signal) => {
    const headers = new Headers(given);
    for (const [name, value] of Object.entries(added)) headers.set(name, value);
    return fetch("/graphql", { method: "POST", headers, body, signal });
  };
  if (isLive(documentAST, parameters.operationName)) return subscriptionResults(send);
  return (await send({ accept: "application/json" })).json();
}

function isLive(document, operationName) {
  return document?.definitions.some(
    ({ operation, name }) => operation === "subscription" && (!operationName || name?.value === operationName),
  );
}
