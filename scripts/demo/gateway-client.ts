import { readFileSync } from "node:fs";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

/** A GraphQL response. `errors` is empty when there are none. */
export type Answer<T> = {
  data: T | null;
  errors: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
};

/** Client of a gateway. Every method rejects when the gateway cannot be reached or its response is not JSON. */
export type GatewayClient = {
  get<T>(path: string): Promise<T>;
  /** Sends one of the contract's documents, such as `dossier`. */
  ask<T>(document: string, variables: object, token: string): Promise<Answer<T>>;
  /** Sends a query by its text. */
  query<T>(text: string, variables: object, token: string): Promise<Answer<T>>;
};

const PATIENCE_MS = 15_000;

export function gatewayClient(url: string): GatewayClient {
  async function query<T>(text: string, variables: object, token: string): Promise<Answer<T>> {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: text, variables }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { data = null, errors = [] } = (await response.json()) as Partial<Answer<T>>;
    return { data, errors };
  }
  return {
    async get<T>(path: string) {
      const response = await fetch(url + path, { signal: AbortSignal.timeout(PATIENCE_MS) });
      const text = await response.text();
      if (!response.ok) throw new Error(`${url}${path} answers ${response.status}: ${text.slice(0, 300)}`);
      return JSON.parse(text) as T;
    },
    ask: (document, variables, token) => query(documentText(document), variables, token),
    query,
  };
}

/** Text of an example of the playground, which are the contract's documents, such as `dossier`. */
export function documentText(name: string): string {
  return readFileSync(projectPath("gateway", "playground", "examples", `${name}.graphql`), "utf8");
}
