import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { CloudEvent, HTTP } from "cloudevents";
import { Webhook } from "standardwebhooks";
import { closeServer, listen, readBody } from "../../../subgraphs/_shared/serving/http.ts";

type Answer = (request: IncomingMessage, response: ServerResponse, event: WebhookEvent) => void;
/** Body of a delivery. */
export type WebhookEvent = {
  id: string;
  type: string;
  subject?: string;
  sequence?: string;
  time: string;
  data: { code?: string; state?: string; nationalStatus?: number; cursor?: string };
};
export type Received = { path: string; headers: Record<string, string>; body: string; event: WebhookEvent };

/** A receiver of webhooks on this machine: a real HTTP server that answers as a test wants. */
export type Receiver = {
  url: string;
  port: number;
  received: Received[];
  /** Sets how requests to a path are answered; 204 by default. */
  answer(path: string, how: Answer): void;
  /** Events of requests to a path, in the order of their arrival. */
  eventsAt(path: string): WebhookEvent[];
  close(): Promise<void>;
};

export async function serveReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers = new Map<string, Answer>();
  const server = createServer(async (request, response) => {
    const body = (await readBody(request, 1e6)).toString();
    const { url: path = "" } = request;
    const each = { path, headers: request.headers as Record<string, string>, body, event: JSON.parse(body) };
    received.push(each);
    const how = answers.get(path);
    if (how) how(request, response, each.event);
    else response.writeHead(204).end();
  });
  const port = await listen(server, 0);
  return {
    ...{ url: `http://127.0.0.1:${port}`, port, received },
    answer: (path, how) => void answers.set(path, how),
    eventsAt: (wanted) => received.filter(({ path }) => path === wanted).map(({ event }) => event),
    close: () => closeServer(server, 0),
  };
}

/** Answers a status, with headers. */
export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_request, response) => void response.writeHead(code, headers).end();
}

/** @throws unless the signature is valid for the secret and the body is a valid CloudEvent */
export function verify({ headers, body }: Received, secret: string): void {
  new Webhook(secret).verify(body, headers);
  for (const event of [HTTP.toEvent<object>({ headers, body })].flat()) new CloudEvent(event); // validates it
}

export function isValid(received: Received, secret: string): boolean {
  try {
    verify(received, secret);
    return true;
  } catch {
    return false;
  }
}
