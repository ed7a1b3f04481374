import type { ApolloServerPlugin } from "@apollo/server";
import type { DocumentNode } from "graphql";
import { boundedCache } from "../pipeline/bounded-cache.ts";
import type { Preparation } from "../pipeline/parse-and-validate.ts";

type Documents = {
  get(key: string): Promise<DocumentNode | undefined>;
  set(key: string, document: DocumentNode): Promise<void>;
  delete(key: string): Promise<boolean>;
};

/**
 * Where Apollo Server keeps the documents that it has parsed and validated. A document that is over the limits looks to it as if it
 * were kept: it is refused when it should be executed, and costs no validation before.
 */
export function documentStore(): { store: Documents; plugin: ApolloServerPlugin<{ preparation: Preparation }> } {
  const kept = boundedCache<DocumentNode>({ entries: 500, bytes: Number.POSITIVE_INFINITY });
  const refused = new Map<string, DocumentNode>();
  return {
    store: {
      get: async (key) => kept.get(key) ?? refused.get(hashOf(key)),
      set: async (key, document) => kept.set(key, document, 0),
      delete: async () => false,
    },
    plugin: {
      requestDidStart: async () => ({
        async didResolveSource({ contextValue: { preparation }, queryHash }) {
          if (preparation.kind === "refused" && preparation.document) refused.set(queryHash, preparation.document);
        },
        willSendResponse: async ({ queryHash }) => void (queryHash && refused.delete(queryHash)),
      }),
    },
  };
}

/** Keys are made of a version's name and, at their end, the SHA-256 of the text in hexadecimal. */
function hashOf(key: string): string {
  return key.slice(-64);
}
