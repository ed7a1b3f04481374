import { authorization, authorized } from "./authorization.ts";
import { subscriptionResults } from "./subscription-results.ts";

/** A document with the variables and the persona to send it with. */
export type Operation = { persona: string; query: string; variables: Record<string, unknown> };
type Sending = { plan?: boolean; signal?: AbortSignal };

export type AnswerError = {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; agency?: string; scopes?: string[][] };
};

/** Step of a query plan, as `extensions.plan.steps` tells it. */
export type PlanStep =
  | { kind: "fetch"; subgraph: string; path: string[] }
  | { kind: "sequence" | "parallel"; steps: PlanStep[] };
/** A call of a subgraph; `beganAtMs` counts from the start of the request. */
export type Fetch = { subgraph: string; outcome: string; beganAtMs: number; ms: number };

export type Answer<T> = {
  data?: T | null;
  errors?: AnswerError[];
  extensions?: {
    agencies?: Record<string, { state: "LIVE" | "UNAVAILABLE"; since: string }>;
    plan?: { steps?: PlanStep; fetches: Fetch[] };
  };
};

/**
 * Sends a query or mutation as a persona. `plan`: the answer tells its query plan too (demo mode). A gateway that does not answer, as
 * during its restart or until `signal` aborts, is an error of the answer.
 */
export function ask<T>(operation: Operation, sending: Sending = {}): Promise<Answer<T>> {
  return sent<T>(operation, sending).catch((error: unknown) => ({ errors: [{ message: String(error) }] }));
}

async function sent<T>({ persona, query, variables }: Operation, { plan, signal }: Sending): Promise<Answer<T>> {
  const body = JSON.stringify({ query, variables });
  const added = { accept: "application/json", ...(plan && { "x-motcua-plan": "1" }) };
  const response = await authorized(persona, { signal }, (header) =>
    fetch("/graphql", { method: "POST", headers: headersOf(header, added), body, signal }),
  );
  return (await response.json()) as Answer<T>; // the endpoint answers GraphQL only
}

/** Results of a subscription, until the iterator is returned or the stream completes. */
export function follow<T>({ persona, query, variables }: Operation): AsyncIterableIterator<Answer<T>> {
  const body = JSON.stringify({ query, variables });
  const send = (added: Record<string, string>, signal: AbortSignal) =>
    authorized(persona, { signal, isPatient: true }, (header) =>
      fetch("/graphql", { method: "POST", headers: headersOf(header, added), body, signal }),
    );
  const options = { isRefusal: (result: unknown) => isTokenRefused(result as Answer<T>) };
  return subscriptionResults(send, options) as AsyncIterableIterator<Answer<T>>;
}

/** True for the end of a stream whose token has expired; it goes on with the next token. */
function isTokenRefused({ errors = [] }: Answer<unknown>): boolean {
  return authorization().isOfPerson && errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED");
}

function headersOf(authorization: string | undefined, added: Record<string, string>): Record<string, string> {
  return { "content-type": "application/json", ...(authorization && { authorization }), ...added };
}
