import {
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getPaginationMetadata,
  getPaginationVariables,
  getRefetchMetadata,
  getRequest,
  getSingularSelector,
  Network,
  type ReaderFragment,
  RecordSource,
  Store,
  type Variables,
} from "relay-runtime";
import dossierHistory from "../generated/relay/DossierHistory_dossier.graphql.ts";
import dossierPages from "../generated/relay/DossierPages_query.graphql.ts";
import pagesQuery from "../generated/relay/DossierPagesQuery.graphql.ts";
import { clerkHeaders, graphqlUrl, report } from "./gateway.ts";

type Data = Record<string, unknown>;
type Connection = { edges: readonly { node: Data }[]; pageInfo: { endCursor: string } };

const headers = { "content-type": "application/json", ...(await clerkHeaders()) };
const source = new RecordSource();
const environment = new Environment({
  store: new Store(source),
  network: Network.create(async ({ text }, variables) => {
    const body = JSON.stringify({ query: text, variables });
    return (await fetch(graphqlUrl, { method: "POST", headers, body })).json();
  }),
  // objects without a node id have an id that is unique within their type
  getDataID: ({ nodeId, id }, type) => nodeId ?? (id === undefined ? undefined : `${type}:${id}`),
});

/** Data of a fragment, and its connection with all pages that were read. */
function read(fragment: ReaderFragment, key: unknown) {
  const selector = getSingularSelector(fragment, key);
  if (!selector) throw new Error(`${fragment.name} has no data`);
  const { data } = environment.lookup(selector);
  const { connectionPathInFragmentData } = getPaginationMetadata(fragment, fragment.name);
  const connection = connectionPathInFragmentData.reduce<unknown>((value, name) => (value as Data)[name], data);
  return { selector, data: data as Data, connection: connection as Connection };
}

async function request(query: Parameters<typeof getRequest>[0], variables: Variables): Promise<unknown> {
  environment.retain(createOperationDescriptor(getRequest(query), variables));
  return fetchQuery(environment, query, variables).toPromise();
}

/** Requests the next page, as `loadNext` of React's `usePaginationFragment` does. */
async function loadNext(fragment: ReaderFragment, key: unknown, count: number): Promise<Connection> {
  const { selector, data, connection } = read(fragment, key);
  const { paginationRequest, paginationMetadata } = getPaginationMetadata(fragment, fragment.name);
  const { identifierInfo } = getRefetchMetadata(fragment, fragment.name);
  const known = { ...selector.owner.variables, ...selector.variables };
  const { endCursor } = connection.pageInfo;
  const variables = getPaginationVariables("forward", count, endCursor, known, {}, paginationMetadata);
  if (identifierInfo)
    variables[identifierInfo.identifierQueryVariableName ?? "id"] = data[identifierInfo.identifierField];
  await request(paginationRequest, variables);
  return read(fragment, key).connection;
}

const list = await request(pagesQuery, { count: 1 });
const codesOf = ({ edges }: Connection) => edges.map(({ node }) => node.code);
const firstPage = read(dossierPages, list).connection;
const dossier = firstPage.edges[0]?.node;
report({
  pages: [codesOf(firstPage), codesOf(await loadNext(dossierPages, list, 1))],
  histories: [
    read(dossierHistory, dossier).connection.edges.length,
    (await loadNext(dossierHistory, dossier, 2)).edges.length,
  ],
  records: source.getRecordIDs(),
});
