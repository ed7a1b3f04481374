import type { GraphQLSchema } from "graphql";
import { type PaperKind, readPaperKinds } from "../papers/paper-kinds.ts";
import { attachmentPaths } from "./attachment-paths.ts";
import { openApi } from "./open-api.ts";
import { paperPaths } from "./paper-paths.ts";
import { type RestResource, readRestDocuments } from "./rest-documents.ts";

/** The REST resources of the gateway. */
export type Rest = {
  resources: readonly RestResource[];
  /** The papers of dossiers, as PDF. */
  papers: readonly PaperKind[];
  /** OpenAPI document of those resources that a schema serves, as JSON. */
  openApiOf(schema: GraphQLSchema, isServed: (document: string) => boolean): string;
};

/** Reads the documents. The OpenAPI document is made once for each version of the graph. */
export function openRest(hasAttachments: boolean): Rest {
  const resources = readRestDocuments();
  const papers = readPaperKinds();
  const made = new WeakMap<GraphQLSchema, string>();
  return {
    resources,
    papers,
    openApiOf(schema, isServed) {
      const known = made.get(schema);
      if (known !== undefined) return known;
      const served = resources.filter(({ document }) => isServed(document));
      const issued = papers.filter(({ document }) => isServed(document));
      const more = { ...paperPaths(issued), ...(hasAttachments && attachmentPaths()) };
      const text = JSON.stringify(openApi(served, schema, more));
      made.set(schema, text);
      return text;
    },
  };
}
