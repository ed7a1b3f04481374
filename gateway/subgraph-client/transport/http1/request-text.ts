import type { Utf8 } from "../../../utf8.ts";
import type { Endpoint } from "../endpoint.ts";
import { isFieldValue } from "./field-syntax.ts";

/** Request line and first fields of every request to an endpoint. */
export function requestStart({ origin, path }: Endpoint): string {
  const host = origin.slice(origin.indexOf("//") + 2);
  return `POST ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n`;
}

/** A whole request. Names and values of `headers` alternate. @throws Error if a value has an illegal character. */
export function requestText(start: string, headers: readonly string[], body: Utf8): string {
  let text = start;
  for (let at = 0; at < headers.length; at += 2) {
    const value = headers[at + 1] ?? "";
    if (!isFieldValue(value)) throw new Error(`The header ${headers[at]} has an illegal character`);
    text += `${headers[at]}: ${value}\r\n`;
  }
  return `${text}content-length: ${body.length}\r\n\r\n${body}`;
}
