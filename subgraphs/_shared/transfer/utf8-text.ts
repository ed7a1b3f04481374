import { isUtf8 } from "node:buffer";
import { Transform, type TransformCallback } from "node:stream";

/** A file whose bytes are not the text that an import reads. */
export class UnreadableFile extends Error {}

const BOM_OF_UTF_16 = ["fffe", "feff"];
const NEWLINE = 0x0a;
/** First two bits of a byte that continues a letter. */
const CONTINUATION = 0b10;

/** Decodes UTF-8 with or without a byte-order mark. Fails with an UnreadableFile that names the line of the first other byte. */
export function utf8Text(): Transform {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let lines = 1;
  let isFirst = true;
  const decode = (chunk: Buffer | undefined, done: TransformCallback) => {
    try {
      if (isFirst && chunk && BOM_OF_UTF_16.includes(chunk.subarray(0, 2).toString("hex")))
        throw new UnreadableFile("The file is UTF-16, as some spreadsheets save it; save it as CSV UTF-8");
      isFirst = false;
      const text = chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
      if (chunk) for (const byte of chunk) if (byte === NEWLINE) lines++;
      done(null, text);
    } catch (error) {
      if (error instanceof UnreadableFile) return done(error);
      done(
        new UnreadableFile(
          `Line ${lineOfFault(chunk, lines)} is not UTF-8, but perhaps TCVN3 or Windows-1258; save the file as UTF-8`,
        ),
      );
    }
  };
  return new Transform({
    decodeStrings: false,
    readableObjectMode: false,
    encoding: "utf8",
    transform: (chunk: Buffer, _encoding, done) => decode(chunk, done),
    flush: (done) => decode(undefined, done),
  });
}

/** Line of the first bytes of a chunk that are not UTF-8: each line is decoded alone. */
function lineOfFault(chunk: Buffer | undefined, first: number): number {
  if (!chunk) return first;
  // the rest of a letter that began in the chunk before
  const begin = chunk.findIndex((byte) => byte >> 6 !== CONTINUATION);
  for (let from = Math.max(begin, 0), line = first; from < chunk.length; line++) {
    const end = chunk.indexOf(NEWLINE, from);
    const bytes = chunk.subarray(from, end < 0 ? chunk.length : end);
    if (!isUtf8(bytes)) return line;
    if (end < 0) break;
    from = end + 1;
  }
  return first;
}
