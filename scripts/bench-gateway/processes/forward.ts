import { createServer } from "node:http";
import { Pool } from "undici";
import { followParent } from "../../../subgraphs/_shared/serving/lifeline.ts";

/**
 * The minimum of a gateway in Node.js: Node's HTTP server receives a request, undici sends it to a subgraph (TO), the response
 * is returned. Nothing is parsed, checked, signed, counted or logged. With CALLS=5 it calls the subgraph like the plan of
 * `var`: once, three times in parallel, and once more.
 */
const { PORT, TO = "", CALLS = "1" } = process.env;
const pool = new Pool(TO, { connections: 256, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
const headers = ["content-type", "application/json"];

function forward(body: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pool.dispatch(
      { method: "POST", path: "/", headers: [...headers], body },
      {
        onConnect() {},
        onHeaders: () => true,
        onData: (chunk) => chunks.push(chunk) > 0,
        onComplete: () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
        onError: reject,
      },
    );
  });
}

createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (text: string) => {
    body += text;
  });
  request.on("end", async () => {
    const answer = (await forward(body)).toString();
    if (CALLS === "5") {
      await Promise.all([forward(body), forward(body), forward(body)]);
      await forward(body);
    }
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(answer) });
    response.end(answer);
  });
}).listen(Number(PORT), "127.0.0.1");
followParent(() => process.exit(0));
