import type * as z from "zod";
import { list } from "../../../subgraphs/_shared/serving/environment.ts";

/** Headers of one connection (RFC 9110, section 7.6.1), and those that frame a message. */
const HOP_BY_HOP = [
  ...["connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization"],
  ...["te", "trailer", "transfer-encoding", "upgrade", "http2-settings", "host", "expect", "alt-svc"],
];
const CONDITIONS = ["range", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range"];
const CACHING = ["cache-control", "vary", "etag", "last-modified", "accept-ranges", "age", "expires", "pragma"];
const BROWSER_PROTECTION = [
  ...["x-content-type-options", "x-frame-options", "referrer-policy", "cross-origin-resource-policy"],
  "content-security-policy",
];

type Refused = { reason: string; names: ReadonlySet<string>; prefixes?: readonly string[] };

const BOTH: readonly Refused[] = [
  { reason: "it belongs to one connection", names: new Set(HOP_BY_HOP), prefixes: ["sec-websocket-"] },
  { reason: "it describes one body", names: new Set(), prefixes: ["content-"] },
  { reason: "it belongs to the gateway's own protocol", names: new Set(["x-reads-recorded"]), prefixes: ["x-motcua-"] },
];

const FROM_CLIENTS: readonly Refused[] = [
  { reason: "SUBGRAPH_IDENTITY=token passes the client's token on", names: new Set(["authorization"]) },
  { reason: "the gateway states its own", names: new Set(["accept", "accept-encoding", "x-request-deadline"]) },
  { reason: "the gateway resumes streams itself", names: new Set(["last-event-id"]) },
  { reason: "a response without a body would be no GraphQL", names: new Set(CONDITIONS) },
  ...BOTH,
];

const TO_CLIENTS: readonly Refused[] = [
  { reason: "it protects the gateway's own responses", names: new Set(BROWSER_PROTECTION) },
  { reason: "it describes the subgraph's response, not the gateway's", names: new Set(CACHING) },
  { reason: "the gateway states its own", names: new Set(["x-request-id", "date", "allow"]) },
  { reason: "CORS_ORIGINS decides about it", names: new Set(), prefixes: ["access-control-"] },
  ...BOTH,
];

const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;

/** Names of headers, lower-case, of which none is refused. */
function headerNames(refused: readonly Refused[]) {
  return list.transform((given, context) => {
    const names = given.map((name) => name.toLowerCase());
    for (const name of names) {
      const reason = reasonAgainst(name, refused);
      if (reason) context.addIssue({ code: "custom", message: `${name} cannot be in the list: ${reason}` });
    }
    return names;
  });
}

function reasonAgainst(name: string, refused: readonly Refused[]): string | undefined {
  if (!NAME.test(name)) return "it is no name of a header";
  return refused.find(({ names, prefixes = [] }) => names.has(name) || prefixes.some((each) => name.startsWith(each)))
    ?.reason;
}

/** List of headers that clients send and subgraphs receive. */
export const forwardedNames: z.ZodType<string[], string | undefined> = headerNames(FROM_CLIENTS);

/** List of headers that subgraphs send and clients receive. */
export const returnedNames: z.ZodType<string[], string | undefined> = headerNames(TO_CLIENTS);
