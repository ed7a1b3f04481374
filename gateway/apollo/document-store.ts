import type { ApolloServerPlugin } from "@apollo/server";
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { Preparation } from "../pipeline/parse-and-validate.ts";

type Documents = {
  get(key: string): Promise<DocumentNode | undefined>;
  set(key: string, document: DocumentNode): Promise<void>;
  delete(key: string): Promise<boolean>;
};

/**
 * Store of the documents that Apollo Server has parsed and validated. A document over the limits is presented as already
 * validated: it is refused at its execution, without the cost of a validation.
 */
export function documentStore(): { store: Documents; plugin: ApolloServerPlugin<{ preparation: Preparation }> } {
  const kept = new LRUCache<string, DocumentNode>({ max: 500 });
  const refused = new Map<string, DocumentNode>();
  return {
    store: {
      get: async (key) => kept.get(key) ?? refused.get(hashOf(key)),
      set: async (key, document) => void kept.set(key, document),
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

/** A key ends with the SHA-256 of the text in hexadecimal. */
function hashOf(key: string): string {
  return key.slice(-64);
}
