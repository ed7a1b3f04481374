import type { ServerResponse } from "node:http";
import { isFieldValue } from "../transport/http1/field-syntax.ts";
import type { HttpResponse } from "../transport/transport.ts";

/** Most characters that subgraphs add to the head of one response: clients accept heads of a few thousand. */
const MOST_CHARACTERS = 8_000;

/**
 * Headers of the responses of subgraphs that one client receives. Different values of one header are one list (RFC 9110,
 * section 5.3); each cookie has a separate line, since cookies cannot be joined (RFC 6265, section 3).
 */
export class ReturnedHeaders {
  private readonly values = new Map<string, Set<string>>();
  private characters = 0;

  /** Takes the headers of one response. */
  add(response: HttpResponse, names: readonly string[]): void {
    for (const name of names) for (const value of response.headers(name)) this.addValue(name, value);
  }

  private addValue(name: string, value: string): void {
    if (value === "" || !isFieldValue(value)) return;
    let values = this.values.get(name);
    if (values?.has(value)) return;
    this.characters += name.length + value.length;
    if (this.characters > MOST_CHARACTERS) return;
    if (!values) {
      values = new Set();
      this.values.set(name, values);
    }
    values.add(value);
  }

  /** Appends the headers to a list of alternating names and values. */
  appendTo(headers: string[]): void {
    for (const [name, values] of this.values) {
      if (name === "set-cookie") for (const value of values) headers.push(name, value);
      else headers.push(name, [...values].join(", "));
    }
  }

  setOn(response: Pick<ServerResponse, "setHeader">): void {
    for (const [name, values] of this.values) {
      response.setHeader(name, name === "set-cookie" ? [...values] : [...values].join(", "));
    }
  }
}
