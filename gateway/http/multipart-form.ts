import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { Busboy, type BusboyConfig, type BusboyHeaders, type BusboyInstance } from "@fastify/busboy";
import { badRequest } from "../errors.ts";

/** Fields and files of a form in the order in which they arrive. `files`: what `onFile` made of each file, by its field. */
export type MultipartForm<Kept> = { fields: ReadonlyMap<string, string>; files: ReadonlyMap<string, Kept> };

const MOST_FIELDS = 60;
const MOST_FILES = 50;
const MOST_FIELD_BYTES = 10_000;

/**
 * Reads a form with files (multipart/form-data, RFC 7578). A browser sends fields before the files that follow them, so `onFile` sees the
 * earlier fields and may refuse. An empty file, which a browser sends where none is chosen, is passed over.
 * @throws Refusal of a form that is malformed or has too many fields, and what `onFile` throws
 */
export async function readMultipartForm<Kept>(
  request: IncomingMessage,
  onFile: (stream: Readable, fields: ReadonlyMap<string, string>) => Promise<Kept>,
): Promise<MultipartForm<Kept>> {
  const { "content-type": type } = request.headers;
  if (!type?.toLowerCase().startsWith("multipart/form-data;"))
    throw badRequest("Content-Type must be multipart/form-data", 415);
  const fields = new Map<string, string>();
  const keeping: Promise<readonly [field: string, Kept]>[] = [];
  const streams: Readable[] = [];
  let isOversized = false;
  const limits = { fields: MOST_FIELDS, files: MOST_FILES, fieldSize: MOST_FIELD_BYTES };
  const parser = openParser(request, limits);
  parser.on("field", (name, value, _, isCut) => {
    isOversized ||= isCut;
    fields.set(name, value);
  });
  parser.on("file", (name, stream, filename) => {
    stream.on("error", () => {}); // the parser's own error refuses the form, perhaps before anybody reads the file
    if (!filename) return void stream.resume();
    const kept = onFile(stream, fields)
      .then((each) => [name, each] as const)
      .finally(() => stream.resume()); // the rest of a refused file is read past
    kept.catch(() => {}); // awaited below, unless the form is refused before
    keeping.push(kept);
    streams.push(stream);
  });
  for (const event of ["fieldsLimit", "filesLimit", "partsLimit"] as const)
    parser.on(event, () => {
      isOversized = true;
    });
  await new Promise<void>((resolve, reject) => {
    parser.on("finish", resolve).on("error", () => reject(badRequest("The form is malformed", 400)));
    request.on("error", reject).on("aborted", () => reject(badRequest("The form is incomplete", 400)));
    request.pipe(parser);
  }).catch((error: unknown) => {
    for (const each of streams) each.destroy(); // no more of it comes, and what came is not a whole file
    throw error;
  });
  const settled = await Promise.allSettled(keeping);
  if (isOversized) throw badRequest("The form has too many fields, or one that is too long", 413);
  const failed = settled.find((each) => each.status === "rejected");
  if (failed) throw failed.reason;
  return { fields, files: new Map(settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []))) };
}

/** @throws Refusal of a type without a boundary */
function openParser({ headers }: IncomingMessage, limits: BusboyConfig["limits"]): BusboyInstance {
  try {
    return new Busboy({ headers: headers as BusboyHeaders, limits }); // the type was checked
  } catch {
    throw badRequest("Content-Type must name the boundary of the form's parts: multipart/form-data; boundary=...", 415);
  }
}
