import type { IncomingMessage } from "node:http";

/** Headers by which a client of HTTP/1.1 asks for another protocol. */
const OF_UPGRADE = ["upgrade", "http2-settings"];

type RequestHead = Pick<IncomingMessage, "method" | "url" | "httpVersion" | "rawHeaders">;

/**
 * Head of a request whose upgrade the server does not know: the same without its wish for another protocol, as RFC 9110, 7.8 allows.
 * Java's HttpClient asks for h2c with each request of a connection.
 */
export function headWithoutUpgrade({ method, url, httpVersion, rawHeaders }: RequestHead): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = "", value = ""] = rawHeaders.slice(at, at + 2);
    const kept = name.toLowerCase() === "connection" ? withoutOptions(value) : value;
    if (!OF_UPGRADE.includes(name.toLowerCase()) && kept !== undefined) lines.push(`${name}: ${kept}`);
  }
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"); // as Node's parser reads heads
}

/** Options of a connection without those of an upgrade; undefined if none is left. */
function withoutOptions(value: string): string | undefined {
  const kept = value.split(",").filter((option) => !OF_UPGRADE.includes(option.trim().toLowerCase()));
  return kept.length > 0 ? kept.join(",").trim() : undefined;
}
