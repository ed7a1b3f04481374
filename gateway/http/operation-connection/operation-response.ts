import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { type ClientDisconnect, clientDisconnect } from "../client-disconnect.ts";
import { SECURITY_LINES } from "../headers.ts";

const NO_HEADERS: readonly string[] = [];

/** Response to an operation, sent in one piece. */
export class OperationResponse {
  readonly disconnect: ClientDisconnect = clientDisconnect();
  readonly socket: Socket;
  /** Headers of every response, as alternating names and values, beside the security headers. */
  headers: readonly string[] = NO_HEADERS;
  private readonly connection: { responseEnd(): string; onSent(): void };
  private isSent = false;

  /** @param connection lines that end the head of the response; called when it is sent. */
  constructor(socket: Socket, connection: { responseEnd(): string; onSent(): void }) {
    this.socket = socket;
    this.connection = connection;
  }

  /**
   * Sends the response. A second one is ignored, since it would be read as the response to the next request.
   * @param headers alternating legal names and values.
   * @param body bytes, or a text of one character for each.
   */
  send(status: number, requestId: string, headers: readonly string[], body: Buffer | string): void {
    const { socket, connection } = this;
    if (this.isSent) return;
    this.isSent = true;
    if (socket.writable) {
      let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
      for (let at = 0; at < headers.length; at += 2) head += `${headers[at]}: ${headers[at + 1]}\r\n`;
      for (let at = 0; at < this.headers.length; at += 2) head += `${this.headers[at]}: ${this.headers[at + 1]}\r\n`;
      head += `x-request-id: ${requestId}\r\n${SECURITY_LINES}date: ${currentDate()}\r\n${connection.responseEnd()}\r\n`;
      if (typeof body === "string") socket.write(head + body, "latin1");
      else {
        socket.cork();
        socket.write(head, "latin1");
        socket.write(body);
        socket.uncork();
      }
    }
    connection.onSent();
  }

  destroy(): void {
    this.socket.destroy();
  }
}

let dateText = "";
let dateSecond = -1;

/** The current second as text, which costs as much as the rest of a head. */
function currentDate(): string {
  const now = Date.now();
  const second = Math.floor(now / 1_000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateText = new Date(now).toUTCString();
  }
  return dateText;
}
