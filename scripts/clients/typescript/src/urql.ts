import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { DOSSIER, DOSSIERS } from "./documents.ts";
import { clerkHeaders, graphqlUrl, report } from "./gateway.ts";

const headers = await clerkHeaders();
const warnings: string[] = [];
const cached: Record<string, unknown> = {};
const cache = cacheExchange({
  logger: (_severity, message) => void warnings.push(message),
  storage: {
    readData: async () => ({}),
    writeData: async (delta) => void Object.assign(cached, delta), // one entry for each object and field
  },
});
const client = new Client({
  url: graphqlUrl,
  preferGetMethod: false,
  fetchOptions: { headers },
  exchanges: [cache, fetchExchange],
});

const list = await client.query(DOSSIERS, { first: 5 }).toPromise();
const first = list.data?.dossiers?.nodes[0];
if (!first) throw new Error(`The desk has no dossier yet: ${list.error}`);
const one = await client.query(DOSSIER, { code: first.code }).toPromise();
await new Promise((written) => setTimeout(written, 100)); // the storage is written when the client is idle
report({ answered: [...(list.data?.dossiers?.nodes ?? []), one.data?.dossier], cached, warnings });
