import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, MessageType } from "graphql-ws";
import { WebSocket } from "ws";
import { parseExactly, stringifyExactly } from "../../json-numbers.ts";
import { toUtf8 } from "../../utf8.ts";
import type { CircuitBreaker } from "../circuit-breaker/circuit-breaker.ts";
import { parseSubgraphResponse } from "../parse-response.ts";
import {
  cancelled,
  connectionBroken,
  failureFrom,
  identityRefused,
  notGraphql,
  SubgraphFailure,
} from "../subgraph-failure.ts";
import type { StreamEvent, SubgraphSubscriptions } from "./subgraph-subscriptions.ts";
import { opened, textMessages, WebSocketClosed, WebSocketRefused } from "./websocket-messages.ts";

const ACCEPT_MS = 10_000;
const LONGEST_MESSAGE = 16_000_000;
/** Headers of the HTTP request that say nothing of a WebSocket. */
const NOT_FORWARDED = new Set(["content-type", "accept"]);
const ID = "1";

type Message = { type?: unknown; id?: unknown; payload?: unknown };

/**
 * Subscriptions at one subgraph over WebSocket (graphql-ws, subprotocol `graphql-transport-ws`), each on its own connection, which
 * bears the identity of its caller: in the headers of the upgrade and in the payload of `connection_init`. Events have no ids, so
 * that some may be lost while a connection is broken. Messages are written here, because the library's client would round numbers.
 */
export function openWebSocketSubscriptions(url: string, circuitBreaker: CircuitBreaker): SubgraphSubscriptions {
  const sockets = new Set<WebSocket>();

  async function connect(headers: Record<string, string>, signal: AbortSignal) {
    const permit = circuitBreaker.acquire(performance.now());
    const socket = new WebSocket(url, GRAPHQL_TRANSPORT_WS_PROTOCOL, {
      ...{ headers, handshakeTimeout: ACCEPT_MS, maxPayload: LONGEST_MESSAGE, perMessageDeflate: false },
    });
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    const leave = () => socket.terminate();
    const timeout = setTimeout(leave, ACCEPT_MS);
    signal.addEventListener("abort", leave);
    try {
      const messages = textMessages(socket, signal);
      await opened(socket);
      socket.send(JSON.stringify({ type: MessageType.ConnectionInit, payload: headers }));
      await acknowledgement(socket, messages);
      circuitBreaker.release(permit, undefined);
      return { socket, messages };
    } catch (error) {
      socket.terminate();
      const failure = signal.aborted ? cancelled() : websocketFailure(error);
      circuitBreaker.release(permit, failure);
      throw failure;
    } finally {
      clearTimeout(timeout);
      signal.removeEventListener("abort", leave);
    }
  }

  return {
    async *subscribe(headers, body, signal) {
      if (signal.aborted) throw cancelled();
      const { socket, messages } = await connect(headerRecord(headers), signal);
      try {
        socket.send(`{"id":"${ID}","type":"${MessageType.Subscribe}","payload":${body}}`);
        yield "open";
        yield* events(socket, messages);
      } catch (error) {
        throw signal.aborted ? cancelled() : websocketFailure(error);
      } finally {
        if (socket.readyState === WebSocket.OPEN) {
          socket.send(JSON.stringify({ id: ID, type: MessageType.Complete }));
          socket.close(1000);
        }
        setTimeout(() => socket.terminate(), 1_000).unref();
      }
    },
    async close() {
      for (const each of sockets) each.terminate();
    },
  };
}

async function acknowledgement(socket: WebSocket, messages: AsyncGenerator<string>): Promise<void> {
  for (;;) {
    const { value, done } = await messages.next();
    if (done) throw connectionBroken();
    const { type } = messageOf(value);
    if (type === MessageType.ConnectionAck) return;
    if (type === MessageType.Ping) socket.send(JSON.stringify({ type: MessageType.Pong }));
    else if (type !== MessageType.Pong) throw notGraphql(101);
  }
}

/** Events of the subscription until the subgraph completes it. Its errors in place of events are the only event. */
async function* events(socket: WebSocket, messages: AsyncGenerator<string>): AsyncGenerator<StreamEvent> {
  for await (const text of messages) {
    const { type, id, payload } = messageOf(text);
    if (id !== undefined && id !== ID) continue; // it belongs to no operation of this connection
    switch (type) {
      case MessageType.Next:
        yield eventOf(payload);
        break;
      case MessageType.Error:
        yield eventOf({ errors: payload });
        return;
      case MessageType.Complete:
        return;
      case MessageType.Ping:
        socket.send(JSON.stringify({ type: MessageType.Pong }));
    }
  }
}

function messageOf(text: string): Message {
  try {
    const message = parseExactly(text);
    if (typeof message === "object" && message !== null) return message;
  } catch {
    // it is no JSON
  }
  throw notGraphql(101);
}

function eventOf(payload: unknown): StreamEvent {
  const response = parseSubgraphResponse(toUtf8(stringifyExactly(payload) ?? ""));
  if (!response) throw notGraphql(101);
  return { id: undefined, response };
}

function headerRecord(headers: readonly string[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] ?? "";
    if (!NOT_FORWARDED.has(name)) record[name] = headers[at + 1] ?? "";
  }
  return record;
}

const REFUSED_IDENTITY = new Set<number>([CloseCode.Unauthorized, CloseCode.Forbidden]);
/** Codes of a server that understands the gateway and does not serve what it asks. */
const UNSUPPORTED = new Set<number>([
  ...[CloseCode.BadRequest, CloseCode.SubprotocolNotAcceptable, CloseCode.SubscriberAlreadyExists],
  ...[CloseCode.TooManyInitialisationRequests, CloseCode.InternalServerError],
]);

function websocketFailure(error: unknown): SubgraphFailure {
  if (error instanceof WebSocketClosed) {
    if (REFUSED_IDENTITY.has(error.code)) return identityRefused();
    if (UNSUPPORTED.has(error.code)) return notServed(`code ${error.code}`, "unsupported");
    return connectionBroken();
  }
  if (error instanceof WebSocketRefused) {
    if (error.status === 401 || error.status === 403) return identityRefused();
    return notServed(error.message, error.status >= 500 ? "failed" : "unsupported");
  }
  return failureFrom(error);
}

function notServed(reason: string, kind: "unsupported" | "failed"): SubgraphFailure {
  return new SubgraphFailure(`it does not serve the subscription over WebSocket (${reason})`, kind);
}
