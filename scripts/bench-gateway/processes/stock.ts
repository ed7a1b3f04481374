import { readFileSync } from "node:fs";
import { ApolloGateway, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import type { Caller } from "../../../subgraphs/_shared/identity/caller.ts";
import { type IdentityKeys, signIdentity } from "../../../subgraphs/_shared/identity/identity.ts";
import { keysFor } from "../../../subgraphs/_shared/identity/keys.ts";
import { followParent } from "../../../subgraphs/_shared/serving/lifeline.ts";
import { isSubgraphName } from "../../../subgraphs/agency-registry.ts";

/**
 * @apollo/gateway in Apollo Server's standalone server, as in their documentation. For our own agencies, which require a
 * signed identity, every request is sealed for one caller (CALLER); nothing else is added.
 */
const { SUPERGRAPH = "", PORT, CALLER } = process.env;
const supergraphSdl = readFileSync(SUPERGRAPH, "utf8");

class SealedDataSource extends RemoteGraphQLDataSource {
  constructor(name: string, url: string | undefined, keys: IdentityKeys, caller: Caller) {
    super({ url });
    const send = this.fetcher;
    this.fetcher = (address, init) => {
      const seal = { audience: name, issuer: "gateway", body: String(init?.body), caller, now: Date.now() };
      const headers = { ...init?.headers, "x-motcua-identity": signIdentity(keys, seal) };
      return send(address, { ...init, headers });
    };
  }
}

const caller = CALLER ? (JSON.parse(CALLER) as Caller) : undefined;
const gateway = new ApolloGateway({
  supergraphSdl,
  ...(caller && {
    buildService: ({ name, url }) => {
      if (!isSubgraphName(name)) throw new Error(`${name} is none of our agencies`);
      return new SealedDataSource(name, url, keysFor(name), caller);
    },
  }),
});
const server = new ApolloServer({ gateway });
await startStandaloneServer(server, { listen: { port: Number(PORT), host: "127.0.0.1" } });
followParent(() => process.exit(0));
