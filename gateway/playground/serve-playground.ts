import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join } from "node:path";
import type { Logger } from "pino";
import { builtPlayground } from "./build-playground.ts";

/** All content comes from the gateway; GraphiQL also needs inline styles and an embedded icon font (measured). */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

/** Names with the hash of their content. */
const HASHED = /-[0-9A-Z]{8}\.\w+$/;

export type Playground = {
  sendPage(response: ServerResponse): Promise<void>;
  /** @returns false where there is no such file. */
  sendFile(response: ServerResponse, name: string): Promise<boolean>;
};

/** Developers' page. It is built in the background, so that only its own requests wait for the build. */
export function openPlayground(log: Logger): Playground {
  const files = builtPlayground().then(
    (directory) => new Map(readdirSync(directory).map((name) => [name, join(directory, name)])),
    (error: unknown) => {
      log.warn({ err: error }, "The playground could not be built; everything else works");
      return new Map<string, string>();
    },
  );

  async function send(response: ServerResponse, name: string): Promise<boolean> {
    const path = (await files).get(name);
    const type = TYPES[extname(name)];
    if (!path || !type) return false;
    const content = await readFile(path);
    response.setHeader("content-security-policy", PAGE_POLICY);
    response.setHeader("content-type", type);
    if (HASHED.test(name)) response.setHeader("cache-control", "public, max-age=31536000, immutable");
    response.end(content);
    return true;
  }

  return {
    async sendPage(response) {
      if (await send(response, "index.html")) return;
      response.statusCode = 503;
      response.setHeader("content-type", "text/plain; charset=utf-8");
      response.end("The playground could not be built here; its packages are development dependencies (npm ci).\n");
    },
    sendFile: send,
  };
}
