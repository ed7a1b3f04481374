import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

/** Called by the server for each complete request of a connection. */
export type Script = (socket: Socket, request: string, place: number) => void;

/** Server on raw sockets, so that a test decides every byte of a response. */
export type RawServer = {
  url: string;
  /** Accepted connections, and received requests, in order. */
  sockets: Socket[];
  requests: string[];
  close(): Promise<void>;
};

export async function rawServer(script: Script, listenOn: string | number = 0): Promise<RawServer> {
  const sockets: Socket[] = [];
  const requests: string[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    let came = "";
    socket.setEncoding("latin1");
    socket.on("error", () => {}); // an aborted client
    socket.on("data", (text: string) => {
      came += text;
      for (let end = endOf(came); end !== undefined; end = endOf(came)) {
        const request = came.slice(0, end);
        came = came.slice(end);
        script(socket, request, requests.push(request) - 1);
      }
    });
  });
  if (typeof listenOn === "string") server.listen(listenOn);
  else server.listen(listenOn, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url =
    typeof address === "object" && address
      ? `http://127.0.0.1:${address.port}/graphql`
      : `http+unix://${encodeURIComponent(String(listenOn))}/graphql`;
  return {
    ...{ url, sockets, requests },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** End of the first request of a text, whose body has a length. */
function endOf(text: string): number | undefined {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? "0";
  const end = head + 4 + Number(length);
  return text.length < end ? undefined : end;
}

/** A plain response with a length. */
export function answerOf(body: string, more = ""): string {
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${more}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
