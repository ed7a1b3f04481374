/** Parameters of a GraphQL request (GraphQL over HTTP, "Request Parameters"). */
export type GraphqlParameters = {
  query: string;
  operationName?: string | undefined;
  variables?: Record<string, unknown> | undefined;
  extensions?: Record<string, unknown> | undefined;
};
