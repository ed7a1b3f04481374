import { type IncomingMessage, ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { parse } from "graphql";
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer } from "graphql-ws";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { Refusal } from "../../errors.ts";
import { admitRequest } from "../admission.ts";
import type { GatewayServer } from "../connections.ts";
import type { GraphqlEndpoint } from "../graphql-request.ts";
import { headWithoutUpgrade } from "../ignored-upgrade.ts";
import { newRequestId } from "../request-id.ts";
import { clientMessage } from "./client-messages.ts";
import { OperationIds } from "./operation-ids.ts";
import { RawPayloads } from "./raw-payloads.ts";
import { operationResponses, Refused, tokenOf, type WebSocketClient } from "./websocket-operations.ts";

/** Time in which a client sends `connection_init`. */
const INIT_MS = 10_000;
/** Service Restart (RFC 6455 registry): clients of graphql-ws connect again. */
const SERVICE_RESTART = 1012;
/** Written but unsent bytes from which a connection whose client does not read is closed. */
const MOST_UNSENT = 16_000_000;

/** Stands for every operation: the library asks whether it is a subscription, and the pipeline decides the rest. */
const ANY_OPERATION = parse("subscription { events }");

export type WebSockets = {
  /** Asks all clients to connect again elsewhere. */
  stop(): void;
};

type Connection = WebSocketClient & { socket: WebSocket; payloads: Map<string, unknown> };

/**
 * Serves GraphQL over WebSocket (graphql-ws) on the address of the endpoint, with the limits and rights of HTTP. A request for any other
 * upgrade is answered without it.
 */
export function serveWebSockets({ server, readAgain }: GatewayServer, endpoint: GraphqlEndpoint): WebSockets {
  const { http, log } = endpoint;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: endpoint.bodyLimitBytes,
    perMessageDeflate: false,
    handleProtocols: (protocols) => protocols.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  });
  let isStopping = false;

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (isStopping) return refuseUpgrade(socket, 503);
    const client = admitRequest({ http, rateLimiter: endpoint.rateLimiter }, request, new ServerResponse(request));
    sockets.handleUpgrade(request, socket, head, (each) => serveConnection(endpoint, each, request, client));
  }

  server.on("upgrade", (request, socket: Socket, head) => {
    if (!asksForWebSocket(request)) return readAgain(socket, Buffer.concat([headWithoutUpgrade(request), head]));
    socket.on("error", () => socket.destroy());
    upgrade(request, socket, head).catch((error: unknown) => {
      if (!(error instanceof Refusal)) log.error({ err: error }, "fault");
      refuseUpgrade(socket, error instanceof Refusal ? error.status : 500);
    });
  });
  return {
    stop() {
      isStopping = true;
      for (const each of sockets.clients) each.close(SERVICE_RESTART, "The gateway stops; connect again");
    },
  };
}

function asksForWebSocket({ method, url = "", headers }: IncomingMessage): boolean {
  const [path] = url.split("?");
  return method === "GET" && path === "/graphql" && headers.upgrade?.toLowerCase() === "websocket";
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function serveConnection(
  endpoint: GraphqlEndpoint,
  socket: WebSocket,
  request: IncomingMessage,
  address: string,
): void {
  const ending = new AbortController();
  const connection: Connection = {
    ...{ request, address, token: undefined, closed: ending.signal },
    ...{ socket, payloads: new Map() },
  };
  const raw = new RawPayloads();
  const ids = new OperationIds();
  const protocol = makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: INIT_MS,
    onConnect: async ({ connectionParams }) => admitConnection(endpoint, connection, connectionParams),
    onSubscribe: (_, id) => {
      const payload = connection.payloads.get(id);
      connection.payloads.delete(id);
      const contextValue = cancellable((stopped) => operationResponses(endpoint, connection, payload, stopped));
      return { schema: undefined as never, document: ANY_OPERATION, contextValue }; // the schema is the pipeline's
    },
    subscribe: ({ contextValue }) => contextValue as never, // the responses of `onSubscribe`
    onNext: (_ctx, _id, _payload, _args, result) => raw.payload(result as never) as never, // a JSON text
    onError: (_ctx, _id, _payload, [error]) => {
      const refused = error?.originalError;
      return refused instanceof Refused ? (refused.errors as never) : undefined;
    },
  });
  const onClosed = protocol.opened(
    {
      protocol: socket.protocol,
      async send(text) {
        const message = ids.forClient(raw.restored(text));
        if (message !== undefined) await send(socket, message);
      },
      close: (code, reason) => socket.close(code, reason),
      onMessage: (receive) => socket.on("message", (data) => void receiveMessage(connection, ids, data, receive)),
    },
    connection,
  );
  keepAlive(endpoint, connection);
  socket.on("error", () => {}); // "close" follows
  socket.once("close", (code, reason) => {
    ending.abort();
    onClosed(code, String(reason)).catch((error: unknown) => endpoint.log.error({ err: error }, "fault"));
  });
}

async function admitConnection(
  endpoint: GraphqlEndpoint,
  connection: Connection,
  params: Record<string, unknown> | undefined,
): Promise<boolean> {
  try {
    connection.token = tokenOf(connection.request, params);
    await endpoint.authenticate(connection.token, newRequestId());
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    connection.socket.close(error.status === 401 ? CloseCode.Unauthorized : 1013, error.message.slice(0, 100));
    return false;
  }
}

/**
 * The library reads numbers into doubles, so the payload of an operation is kept with their digits. Anything thrown by a message
 * closes its connection: in an event of the socket it would end the process.
 */
async function receiveMessage(
  { socket, payloads }: Connection,
  ids: OperationIds,
  data: RawData,
  receive: (text: string) => Promise<void>,
): Promise<void> {
  try {
    const message = clientMessage(String(data), ids);
    if (!message) return;
    if ("fault" in message) {
      socket.close(CloseCode.SubscriberAlreadyExists, "The id of the operation is in use");
      return;
    }
    if ("name" in message) payloads.set(message.name, message.payload);
    await receive(message.text);
  } catch {
    socket.close(CloseCode.BadRequest, "The message is not understood");
  }
}

/** Pings the client, and closes the connection when it answers no ping or its token is no longer valid. */
function keepAlive(endpoint: GraphqlEndpoint, connection: Connection): void {
  const { socket } = connection;
  let isAlive = true;
  socket.on("pong", () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
    endpoint.authenticate(connection.token, newRequestId()).catch((error: unknown) => {
      if (error instanceof Refusal && error.status === 401) {
        socket.close(CloseCode.Unauthorized, error.message.slice(0, 100));
      }
    });
  }, endpoint.heartbeatMs);
  socket.once("close", () => clearInterval(timer));
}

/** Resolves when the text is sent. A client that does not read is disconnected. */
function send(socket: WebSocket, text: string): Promise<void> {
  if (socket.bufferedAmount > MOST_UNSENT) socket.terminate();
  return new Promise((resolve) => socket.send(text, () => resolve()));
}

/** A generator whose `return` interrupts what it waits for. */
function cancellable(open: (stopped: AbortSignal) => AsyncGenerator<string>): AsyncGenerator<string> {
  const stopping = new AbortController();
  const generator = open(stopping.signal);
  const end = generator.return.bind(generator);
  generator.return = (value) => {
    stopping.abort();
    return end(value);
  };
  return generator;
}
