import { MessageType } from "graphql-ws";
import { parseExactly } from "../../json-numbers.ts";
import type { OperationIds } from "./operation-ids.ts";

type Message = { type?: unknown; id?: unknown; payload?: unknown };

/** A client's message for the protocol's library, which checks its form. */
export type ClientMessage =
  | { text: string }
  /** Begins an operation; the library's text leaves out what it would read inexactly or too deeply. */
  | { text: string; name: string; payload: unknown }
  | { fault: "id in use" };

/** Undefined for the completion of an operation that has ended. */
export function clientMessage(text: string, ids: OperationIds): ClientMessage | undefined {
  const { type, id, payload } = messageOf(text);
  if (typeof id !== "string" || id === "") return { text };
  if (type === MessageType.Complete) {
    const name = ids.end(id);
    return name === undefined ? undefined : { text: JSON.stringify({ id: name, type }) };
  }
  if (type !== MessageType.Subscribe || !isObject(payload)) return { text };
  const name = ids.begin(id);
  if (name === undefined) return { fault: "id in use" };
  const checked = Object.fromEntries(Object.entries(payload).map(([member, value]) => [member, outline(value)]));
  return { text: JSON.stringify({ id: name, type, payload: checked }), name, payload };
}

/** An empty message where the text is no JSON object: the library then closes the connection. */
function messageOf(text: string): Message {
  try {
    const message = parseExactly(text);
    return isObject(message) ? message : {};
  } catch {
    return {};
  }
}

/** A value of the same kind without its contents. */
function outline(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return isObject(value) ? {} : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
