import type { Logger } from "pino";
import { type BuiltFiles, openBuiltFiles } from "../static-files/built-files.ts";
import { playgroundBuild } from "./build-playground.ts";

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

/** Developers' page: its files, and the content security policy that they are sent with. */
export type Playground = { files: BuiltFiles; policy: string };

export function openPlayground(log: Logger): Playground {
  return { files: openBuiltFiles(playgroundBuild, log), policy: PAGE_POLICY };
}
