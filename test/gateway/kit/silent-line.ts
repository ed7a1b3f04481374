import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** Way to a server which can fall silent: it takes connections and carries nothing. */
export type SilentLine = { url: string; fallSilent(): void; close(): void };

export async function openSilentLine(url: string): Promise<SilentLine> {
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}); // the browser has left
    if (isSilent) return;
    const other = connect(Number(new URL(url).port), "127.0.0.1");
    sockets.add(other);
    other.on("error", () => socket.destroy());
    socket.pipe(other).pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : ""}`,
    fallSilent() {
      isSilent = true;
      cut();
    },
    close() {
      cut();
      server.close();
    },
  };
}
