import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** The port of last time if it is free, else any free one; on 127.0.0.1. */
export async function choosePort(home: string): Promise<number> {
  const last = rememberedPort(home);
  return (last !== undefined && (await tryPort(last))) || (await anyFreePort());
}

/** Keeps the port for the next start. */
export function rememberPort(home: string, port: number): void {
  if (rememberedPort(home) === port) return;
  const written = join(home, `port-${process.pid}`);
  writeFileSync(written, String(port));
  renameSync(written, join(home, "port"));
}

function rememberedPort(home: string): number | undefined {
  try {
    const port = Number(readFileSync(join(home, "port"), "utf8"));
    return port > 0 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}

async function anyFreePort(): Promise<number> {
  const port = await tryPort(0);
  if (port === undefined) throw new Error("127.0.0.1 has no free port");
  return port;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ host: "127.0.0.1", port }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
