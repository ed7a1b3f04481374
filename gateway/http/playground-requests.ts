import type { IncomingMessage, ServerResponse } from "node:http";
import type { Playground } from "../playground/open-playground.ts";
import type { CompressionConfiguration } from "./compression.ts";
import { sendBuiltFile } from "./file-response.ts";

type Asked = { request: IncomingMessage; response: ServerResponse; compression: CompressionConfiguration };

/** Sends a file of the playground. False: there is no such file. */
export function sendPlaygroundFile(
  { files, policy }: Playground,
  name: string,
  { request, response, compression }: Asked,
): Promise<boolean> {
  return sendBuiltFile(files, name, { request, response }, { policy, compression });
}

/** Sends the developers' page, or says why there is none. */
export async function sendPlayground(playground: Playground, asked: Asked): Promise<void> {
  if (await sendPlaygroundFile(playground, "index.html", asked)) return;
  const { response } = asked;
  response.statusCode = 503;
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.end("The playground could not be built here; its packages are development dependencies (npm ci).\n");
}
