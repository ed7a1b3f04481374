import { createServer } from "node:http";
import { followParent } from "../../../subgraphs/_shared/serving/lifeline.ts";
import { compiledAnswer } from "../graph/compiled-answers.ts";
import type { Arguments } from "../graph/synthetic-data.ts";

/** Serves the synthetic subgraphs on the ports PORTS (or one of them on PORT), and the number of calls at GET /counts. */
const COMPILED = 2_000;
const compiled = new Map<string, (variables: Arguments) => string>();
const counts = { asked: 0, signed: 0 };
const ports = (process.env.PORTS ?? process.env.PORT ?? "").split(",").map(Number);

function answer(body: string): string {
  const { query, variables } = JSON.parse(body) as { query: string; variables?: Arguments };
  let write = compiled.get(query);
  if (!write) {
    if (compiled.size >= COMPILED) compiled.clear();
    write = compiledAnswer(query);
    compiled.set(query, write);
  }
  return `{"data":${write(variables ?? {})}}`;
}

function answered(body: string): string {
  try {
    return answer(body);
  } catch (error) {
    return JSON.stringify({ errors: [{ message: String(error), extensions: { code: "INTERNAL" } }] });
  }
}

for (const port of ports) {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    if (request.method === "GET") return void response.end(JSON.stringify(counts));
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      counts.asked++;
      if (request.headers["x-motcua-identity"]) counts.signed++;
      const text = answered(body);
      response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
      response.end(text);
    });
  });
  server.listen(port, "127.0.0.1");
}
followParent(() => process.exit(0));
