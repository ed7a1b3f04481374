import { createServer } from "node:http";
import { openTransport } from "../../../gateway/subgraph-client/transport/open-transport.ts";
import type { Utf8 } from "../../../gateway/utf8.ts";
import { followParent } from "../../../subgraphs/_shared/serving/lifeline.ts";

/**
 * The least that a gateway in Node.js can do: Node's HTTP server receives a request, the gateway's own connections send it to a
 * subgraph (TO), the response is returned. Nothing is parsed, checked, signed, counted or logged. With CALLS=5 it calls the
 * subgraph like the plan of `var`: once, three times in parallel, and once more.
 */
const { PORT, TO = "", CALLS = "1" } = process.env;
const transport = openTransport(`${TO}/`, "own");

function forward(body: Utf8): Promise<Utf8> {
  return new Promise((resolve, onFailure) => {
    const onResponse = ({ text }: { text: Utf8 }) => resolve(text);
    transport.send(["content-type", "application/json"], body, { onResponse, onFailure });
  });
}

createServer((request, response) => {
  let body = "" as Utf8;
  request.setEncoding("latin1");
  request.on("data", (text: string) => {
    body = (body + text) as Utf8; // one character for each byte
  });
  request.on("end", async () => {
    const answer = await forward(body);
    if (CALLS === "5") {
      await Promise.all([forward(body), forward(body), forward(body)]);
      await forward(body);
    }
    response.writeHead(200, { "content-type": "application/json", "content-length": answer.length });
    response.socket?.cork();
    response.write(answer, "latin1");
    response.socket?.uncork();
    response.end();
  });
}).listen(Number(PORT), "127.0.0.1");
followParent(() => process.exit(0));
