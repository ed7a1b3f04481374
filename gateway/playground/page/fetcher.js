import { personaHeader } from "../../screens/browser/client/persona-token.ts";
import { subscriptionResults } from "../../screens/browser/client/subscription-results.ts";
import { editorDrawn } from "./editors.js";
import { noteAnswer } from "./open-tab.js";
import { currentPersona } from "./persona.js";
import { wantsPlan } from "./plan.js";
import { notePlan } from "./plan-panel.jsx";

/** Sends an operation with the persona's token; an Authorization header typed into the page takes precedence. */
export async function fetcher(parameters, { headers: typed, documentAST } = {}) {
  if (parameters.operationName === "IntrospectionQuery") await editorDrawn;
  const given = new Headers(typed);
  given.set("content-type", "application/json");
  const bearer = given.has("authorization") ? undefined : await personaHeader(currentPersona());
  if (bearer) given.set("authorization", bearer);
  if (wantsPlan()) given.set("x-motcua-plan", "1");
  const body = JSON.stringify(parameters);
  const send = (added, signal) => {
    const headers = new Headers(given);
    for (const [name, value] of Object.entries(added)) headers.set(name, value);
    return fetch("/graphql", { method: "POST", headers, body, signal });
  };
  if (isLive(documentAST, parameters.operationName)) return noted(parameters, subscriptionResults(send));
  const answer = await (await send({ accept: "application/json" })).json();
  note(parameters, answer);
  return answer;
}

function note({ variables }, { data, extensions }) {
  noteAnswer(variables, data);
  notePlan(extensions?.plan);
}

/** The same results, each noted before it is shown. */
function noted(parameters, results) {
  return {
    async next() {
      const result = await results.next();
      if (result.value) note(parameters, result.value);
      return result;
    },
    return: () => results.return(),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function isLive(document, operationName) {
  return document?.definitions.some(
    ({ operation, name }) => operation === "subscription" && (!operationName || name?.value === operationName),
  );
}
