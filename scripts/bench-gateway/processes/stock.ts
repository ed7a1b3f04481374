import { readFileSync } from "node:fs";
import { ApolloGateway, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { followParent } from "../../../subgraphs/_shared/serving/lifeline.ts";

/**
 * @apollo/gateway in Apollo Server's standalone server, as in their documentation. With PASS_TOKEN=1 it passes the client's token
 * on to the subgraphs, which is how it serves our own agencies.
 */
const { SUPERGRAPH = "", PORT, PASS_TOKEN } = process.env;
const supergraphSdl = readFileSync(SUPERGRAPH, "utf8");

type Context = { authorization?: string | undefined };

class TokenDataSource extends RemoteGraphQLDataSource<Context> {
  override willSendRequest({
    request,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource<Context>["willSendRequest"]>>[0]) {
    const { authorization } = context as Context; // the gateway's own requests, such as health checks, have an empty one
    if (authorization) request.http?.headers.set("authorization", authorization);
  }
}

const gateway = new ApolloGateway({
  supergraphSdl,
  ...(PASS_TOKEN && { buildService: ({ url }) => new TokenDataSource({ url }) }),
});
const server = new ApolloServer<Context>({ gateway });
await startStandaloneServer(server, {
  context: async ({ req }) => ({ authorization: req.headers.authorization }),
  listen: { port: Number(PORT), host: "127.0.0.1" },
});
followParent(() => process.exit(0));
