import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse, validate } from "graphql";
import type { Caller } from "../../../subgraphs/_shared/identity/caller.ts";
import { IDENTITY_HEADER, type IdentityKeys, identityVerifier } from "../../../subgraphs/_shared/identity/identity.ts";
import { closeServer, listen, readBody, sendGraphqlError, sendJson } from "../../../subgraphs/_shared/serving/http.ts";

/** Behaviour of a sample subgraph: a correct response or a fault. */
type Behaviour = "answers" | "stalls" | "fails" | "sends a page" | "hangs up" | "hangs up once";

type Asked = { caller: Caller; headers: Record<string, unknown>; query: string; body: string };

/** A real federation subgraph on its own port that refuses unsigned requests. */
export type Agency = {
  name: string;
  sdl: string;
  url: string;
  asked: Asked[];
  attempts: number;
  /** Number of connections closed before the response. */
  cutOff: number;
  behaviour: Behaviour;
  /** Number of open connections. */
  connections(): number;
  close(): Promise<void>;
  open(): Promise<void>;
};

type Resolvers = Record<string, unknown>;

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@inaccessible", "@cost", "@listSize"])\n`;

export async function smallAgency(
  name: string,
  keys: IdentityKeys,
  typeDefs: string,
  resolvers: Resolvers,
): Promise<Agency> {
  const sdl = LINK + typeDefs;
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never });
  const verify = identityVerifier(keys, name);
  const open = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  const agency: Agency = {
    name,
    sdl,
    url: "",
    asked: [],
    attempts: 0,
    cutOff: 0,
    behaviour: "answers",
    connections: () => open.size,
    async open() {
      server = createServer(async (request, response) => {
        if (request.url === "/health/ready") return sendJson(response, 200, {});
        agency.attempts += 1;
        response.once("close", () => {
          if (!response.writableFinished) agency.cutOff += 1;
        });
        const body = (await readBody(request, 1_000_000)).toString();
        if (agency.behaviour === "stalls") return;
        if (agency.behaviour === "fails") return sendJson(response, 502, { errors: [{ message: "secret inside" }] });
        if (agency.behaviour === "sends a page") return response.end("<html>secret inside</html>");
        if (agency.behaviour.startsWith("hangs up")) {
          if (agency.behaviour === "hangs up once") agency.behaviour = "answers";
          return request.socket.destroy();
        }
        const header = request.headers[IDENTITY_HEADER];
        const caller = verify(typeof header === "string" ? header : undefined, body, Date.now());
        if (typeof caller === "string") return sendGraphqlError(response, 401, "UNAUTHENTICATED", caller, "-");
        const { query, variables } = JSON.parse(body);
        agency.asked.push({ caller, headers: request.headers, query, body });
        const document = parse(query);
        const errors = validate(schema, document);
        if (errors.length > 0) return sendJson(response, 400, { errors });
        const result = await execute({ schema, document, variableValues: variables, contextValue: caller });
        sendJson(response, result.data === undefined ? 400 : 200, result);
      });
      server.on("connection", (socket) => {
        open.add(socket);
        socket.once("close", () => open.delete(socket));
      });
      port = await listen(server, port);
      agency.url = `http://127.0.0.1:${port}/graphql`;
    },
    async close() {
      if (server) await closeServer(server, 0);
      server = undefined;
    },
  };
  await agency.open();
  return agency;
}
