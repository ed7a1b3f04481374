import { createHash, randomUUID } from "node:crypto";
import { open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileTypeFromBuffer } from "file-type";

/** Received content in a local file, before it is stored. `id` is `sha256:` and the digest. */
export type Draft = { path: string; id: string; type: string; bytes: number };

export class AttachmentTooLarge extends Error {}
export class AttachmentTypeRefused extends Error {}

/** Types of scanned and photographed papers. The content decides, never the file's name or the announced type. */
export const ATTACHMENT_TYPES: readonly string[] = [
  "application/pdf",
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/heic",
  "image/tiff",
];
/** Length of the beginning of a file that determines its type. */
const SAMPLE_BYTES = 4_100;

/** Receives a stream into a file of `directory`, which exists only during `use`. @throws AttachmentTooLarge, AttachmentTypeRefused */
export async function withDraft<T>(
  stream: Readable,
  directory: string,
  limitBytes: number,
  use: (draft: Draft) => Promise<T>,
): Promise<T> {
  const path = join(directory, `${randomUUID()}.draft`);
  try {
    const { digest, bytes, sample } = await written(stream, path, limitBytes);
    const type = (await fileTypeFromBuffer(sample))?.mime;
    if (!type || !ATTACHMENT_TYPES.includes(type)) throw new AttachmentTypeRefused(type ?? "unknown");
    return await use({ path, id: `sha256:${digest}`, type, bytes });
  } finally {
    await rm(path, { force: true });
  }
}

const STALE_MS = 86_400_000;

/** Removes drafts of uploads that a crash interrupted. */
export async function removeStaleDrafts(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (name.endsWith(".draft") && Date.now() - mtimeMs > STALE_MS) await rm(path, { force: true });
  }
}

/** Writes a stream to a file and to the disk. */
async function written(stream: Readable, path: string, limitBytes: number) {
  const hash = createHash("sha256");
  const samples: Buffer[] = [];
  let bytes = 0;
  const file = await open(path, "wx", 0o600);
  try {
    // the stream stays open after a fault, so that the refusal can be sent
    for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (bytes < SAMPLE_BYTES) samples.push(chunk);
      bytes += chunk.length;
      if (bytes > limitBytes) throw new AttachmentTooLarge();
      hash.update(chunk);
      await file.appendFile(chunk); // write() may write a part alone
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { digest: hash.digest("hex"), bytes, sample: Buffer.concat(samples) };
}
