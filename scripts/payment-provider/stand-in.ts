import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import * as z from "zod";
import { closeServer, listen, readBody, sendJson } from "../../subgraphs/_shared/serving/http.ts";
import { SIGNATURE_HEADER, signatureFault, signMessage } from "../../subgraphs/one-stop/payments/signature.ts";
import { type ProviderEntry, type ProviderLedger, providerLedger } from "./ledger.ts";
import {
  NOTICE_DELIVERIES,
  type NoticeDelivery,
  type NoticeSender,
  noticeSender,
  type SenderOptions,
} from "./notices.ts";
import { payPage } from "./pay-page.ts";

const BODY_LIMIT = 100_000;

export type StandInOptions = SenderOptions & {
  port: number;
  /** File of the ledger; without it the ledger ends with the process. */
  file?: string;
};

/** Stand-in of a payment provider, with the protocol of `payments/PROTOCOL.md`. It moves no money. */
export type StandIn = {
  url: string;
  ledger: ProviderLedger;
  close(): Promise<void>;
};

type Serving = SenderOptions & { ledger: ProviderLedger; notices: NoticeSender; url: string };
type Answer = { status: number; body: object };

export async function servePaymentProvider(options: StandInOptions): Promise<StandIn> {
  const ledger = providerLedger(options.file);
  const notices = noticeSender(options);
  const serving: Serving = { ...options, ledger, notices, url: "" };
  const server = createServer((request, response) => {
    receive(serving, request, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 400, { error: String(error) });
    });
  });
  const port = await listen(server, options.port);
  serving.url = `http://127.0.0.1:${port}`;
  return {
    url: serving.url,
    ledger,
    async close() {
      notices.stop();
      await closeServer(server);
    },
  };
}

async function receive(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", serving.url);
  const [, action = "", order = ""] = pathname.split("/");
  if (request.method === "GET") return read(serving, response, action, order);
  if (request.method !== "POST") return sendJson(response, 405, { error: "Only GET and POST" });
  if (action === "pay" || action === "reverse") {
    const delivery = NOTICE_DELIVERIES.find((each) => each === searchParams.get("notice")) ?? "SENT";
    const amount = amountShape.safeParse(searchParams.get("amountVnd") ?? undefined);
    if (!amount.success) return sendJson(response, 400, { error: "amountVnd is a whole number of dong, 1 or more" });
    const done = act(serving, action, order, delivery, amount.data);
    if (!done) return sendJson(response, 409, { error: "The order is not in the state for this" });
    response.writeHead(303, { location: `/pay/${order}` }).end();
    return;
  }
  const body = await readBody(request, BODY_LIMIT);
  const answer = answerTo(serving, pathname, request.headers[SIGNATURE_HEADER], body);
  const text = JSON.stringify(answer.body);
  sendJson(response, answer.status, text, { [SIGNATURE_HEADER]: signMessage(serving.secret, text, Date.now()) });
}

function read({ ledger }: Serving, response: ServerResponse, action: string, order: string): void {
  const entry = action === "pay" ? ledger.find(order) : undefined;
  if (entry) response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(payPage(entry));
  else if (action === "health") sendJson(response, 200, { status: "ready", part: "payment-provider" });
  else if (action === "ledger") sendJson(response, 200, ledger.all());
  else sendJson(response, 404, { error: "No such order" });
}

/** Pays or reverses an order and sends the notice. False if its state does not allow it. */
function act(
  { ledger, notices }: Serving,
  action: "pay" | "reverse",
  order: string,
  delivery: NoticeDelivery,
  amountVnd?: number,
): boolean {
  const entry = action === "pay" ? ledger.pay(order, amountVnd) : ledger.reverse(order);
  if (!entry) return false;
  notices.send(entry, action === "pay" ? "PAID" : "REVERSED", delivery);
  return true;
}

const amountShape = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)
  .optional();
const orderShape = z.object({ merchant: z.string(), order: z.uuid() });
const openShape = orderShape.extend({ amountVnd: z.int().min(1), text: z.string() });
const refundShape = orderShape.extend({ key: z.uuid(), amountVnd: z.int().min(1) });

function answerTo(serving: Serving, path: string, signature: string | string[] | undefined, body: Buffer): Answer {
  const { ledger, secret, merchant, url } = serving;
  const fault = signatureFault(secret, signature, body, Date.now());
  if (fault) return { status: 401, body: { error: fault } };
  const message: unknown = JSON.parse(body.toString());
  if (orderShape.parse(message).merchant !== merchant) return { status: 403, body: { error: "Another merchant" } };
  const shown = (entry: ProviderEntry | null | undefined, missing: number): Answer =>
    entry ? { status: 200, body: orderOf(entry, url) } : { status: missing, body: { error: "No such order" } };
  switch (path) {
    case "/orders": {
      const { order, amountVnd, text } = openShape.parse(message);
      return shown(ledger.open(order, amountVnd, text), 409);
    }
    case "/orders/state":
      return shown(ledger.find(orderShape.parse(message).order), 404);
    case "/refunds": {
      const { order, key, amountVnd } = refundShape.parse(message);
      const refund = ledger.refund(order, key, amountVnd);
      return refund ? { status: 200, body: { refund } } : { status: 409, body: { error: "Not refundable" } };
    }
    default:
      return { status: 404, body: { error: "Unknown address" } };
  }
}

function orderOf({ order, state, transaction, amountVnd, paidVnd }: ProviderEntry, url: string): object {
  return { state, transaction, amountVnd: state === "OPEN" ? amountVnd : paidVnd, payUrl: `${url}/pay/${order}` };
}
