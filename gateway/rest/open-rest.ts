import type { GraphQLSchema } from "graphql";
import { openApi } from "./open-api.ts";
import { type RestResource, readRestDocuments } from "./rest-documents.ts";

/** The REST resources of the gateway. */
export type Rest = {
  resources: readonly RestResource[];
  /** OpenAPI document of those resources that a schema serves, as JSON. */
  openApiOf(schema: GraphQLSchema, isServed: (document: string) => boolean): string;
};

/** Reads the documents. The OpenAPI document is made once for each version of the graph. */
export function openRest(hasAttachments: boolean): Rest {
  const resources = readRestDocuments();
  const made = new WeakMap<GraphQLSchema, string>();
  return {
    resources,
    openApiOf(schema, isServed) {
      const known = made.get(schema);
      if (known !== undefined) return known;
      const served = resources.filter(({ document }) => isServed(document));
      const text = JSON.stringify(openApi(served, schema, hasAttachments));
      made.set(schema, text);
      return text;
    },
  };
}
