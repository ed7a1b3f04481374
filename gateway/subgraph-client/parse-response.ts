import { decodedJson, parseUtf8Json, type Utf8 } from "../utf8.ts";
import type { SubgraphResponse } from "./subgraph-request.ts";

/** Parses an answer, for one asker alone; undefined for what is not GraphQL. The executor checks its parts against the schema. */
export function parseSubgraphResponse(json: Utf8): SubgraphResponse | undefined {
  try {
    const parsed = parseUtf8Json(json);
    if (typeof parsed !== "object" || parsed === null || !("data" in parsed || "errors" in parsed)) return undefined;
    const answer = parsed as SubgraphResponse;
    if (answer.errors) answer.errors = decodedJson(answer.errors) as SubgraphResponse["errors"];
    return answer;
  } catch {
    return undefined;
  }
}

/** An answer whose data are plain as well, for those who do not pass them on. */
export function withPlainData({ data, errors }: SubgraphResponse): SubgraphResponse {
  return { data: data && (decodedJson(data) as typeof data), ...(errors && { errors }) };
}
