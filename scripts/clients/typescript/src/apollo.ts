import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { DOSSIER, DOSSIERS } from "./documents.ts";
import { clerkHeaders, graphqlUrl, report } from "./gateway.ts";

const link = new HttpLink({ uri: graphqlUrl, headers: await clerkHeaders() });
const client = new ApolloClient({ link, cache: new InMemoryCache() });

const { data: list } = await client.query({ query: DOSSIERS, variables: { first: 5 } });
const first = list?.dossiers?.nodes[0];
if (!first) throw new Error("The desk has no dossier yet");
const { data: one } = await client.query({ query: DOSSIER, variables: { code: first.code } });
report({
  answered: [...(list?.dossiers?.nodes ?? []), one?.dossier],
  // fields that only one of the two documents has selected stand in one object
  cached: client.cache.extract(),
});
client.stop();
