import { createServer } from "node:http";
import { closeServer, listen, readBody, sendJson } from "../../../subgraphs/_shared/serving/http.ts";

/** A span as OTLP/HTTP carries it in JSON. */
export type Span = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  status: { code?: number };
  attributes: { key: string; value: Record<string, unknown> }[];
};

/** Trace collector that keeps every received span. */
export type Collector = { url: string; status: number; spans: Span[]; text: string; close(): Promise<void> };

type ExportRequest = { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };

export async function openCollector(): Promise<Collector> {
  const server = createServer(async (request, response) => {
    const body = (await readBody(request, 10_000_000)).toString();
    if (request.url === "/v1/traces") {
      collector.text += body;
      const { resourceSpans }: ExportRequest = JSON.parse(body);
      collector.spans.push(...resourceSpans.flatMap((each) => each.scopeSpans.flatMap(({ spans }) => spans)));
    }
    sendJson(response, collector.status, {});
  });
  const port = await listen(server, 0);
  const collector: Collector = {
    url: `http://127.0.0.1:${port}`,
    status: 200,
    spans: [],
    text: "",
    close: () => closeServer(server, 0),
  };
  return collector;
}

export function attribute(span: Span | undefined, key: string): unknown {
  return Object.values(span?.attributes.find((each) => each.key === key)?.value ?? {})[0];
}
