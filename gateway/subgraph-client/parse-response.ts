import { parseExactly } from "../json-numbers.ts";
import { decodedJson, fromUtf8, parseUtf8Json, toUtf8, type Utf8 } from "../utf8.ts";
import type { SubgraphResponse } from "./subgraph-request.ts";

/** A parser of JSON may ignore it (RFC 8259, section 8.1). */
const BYTE_ORDER_MARK = toUtf8("\ufeff");

/** Parses a response for one receiver; undefined if it is not GraphQL. The executor checks the data against the schema. */
export function parseSubgraphResponse(json: Utf8): SubgraphResponse | undefined {
  try {
    if (json.startsWith(BYTE_ORDER_MARK)) return parseSubgraphResponse(json.slice(BYTE_ORDER_MARK.length) as Utf8);
    const parsed = parseUtf8Json(json);
    if (typeof parsed !== "object" || parsed === null || !("data" in parsed || "errors" in parsed)) return undefined;
    const response = parsed as SubgraphResponse;
    if (response.errors) response.errors = plainErrors(json);
    response.json = json;
    return response;
  } catch {
    return undefined;
  }
}

/** The response with decoded strings in `data` too, for consumers outside the executor. */
export function withPlainData({ data, errors }: SubgraphResponse): SubgraphResponse {
  return { data: data && (decodedJson(data) as typeof data), ...(errors && { errors }) };
}

function plainErrors(json: Utf8): SubgraphResponse["errors"] {
  return (parseExactly(fromUtf8(json)) as SubgraphResponse).errors; // it was parsed before
}
