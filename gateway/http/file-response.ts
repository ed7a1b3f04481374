import type { IncomingMessage, ServerResponse } from "node:http";
import type { BuiltFiles } from "../static-files/built-files.ts";
import { acceptedCoding, type CompressionConfiguration } from "./compression.ts";

/** One year, for files whose names contain the hash of their content. */
export const FOR_EVER = "public, max-age=31536000, immutable";

/** Sends a built file in the coding that the client accepts. False: there is no such file. */
export async function sendBuiltFile(
  files: BuiltFiles,
  name: string,
  {
    request,
    response,
    cacheControl = FOR_EVER,
  }: { request: IncomingMessage; response: ServerResponse; cacheControl?: string },
  { policy, compression }: { policy: string; compression: CompressionConfiguration },
): Promise<boolean> {
  const file = await files.find(name);
  if (!file) return false;
  const plain = await file.read();
  const accepted = acceptedCoding(request.headers["accept-encoding"], plain.length, compression);
  const coding = file.codings.find((each) => each === accepted);
  const body = coding ? await file.read(coding) : plain;
  response.setHeader("content-security-policy", policy);
  response.setHeader("content-type", file.type);
  response.appendHeader("vary", "Accept-Encoding");
  if (coding) response.setHeader("content-encoding", coding);
  if (file.isHashed) response.setHeader("cache-control", cacheControl);
  response.setHeader("content-length", body.length);
  response.end(body);
  return true;
}
