import { createHash } from "node:crypto";
import { mkdirSync, openAsBlob } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Bucket } from "../../subgraphs/_shared/attachments/bucket.ts";
import { type AttachmentStore, digestOf } from "./attachment-store.ts";
import { removeStaleDrafts } from "./draft.ts";

/**
 * Attachments in a bucket, shared by any number of gateways. The digest is the key of the content; each owner has an empty object
 * `DIGEST.HASH`, so that two uploads at once lose no owner.
 */
export function bucketStore(bucket: Bucket): AttachmentStore {
  const draftDirectory = join(tmpdir(), "motcua-attachments");
  mkdirSync(draftDirectory, { recursive: true, mode: 0o700 });
  removeStaleDrafts(draftDirectory).catch(() => undefined); // the next start tries again
  return {
    draftDirectory,
    async isOwner(id, subject) {
      const digest = digestOf(id);
      return digest !== undefined && bucket.has(ownerKey(digest, subject));
    },
    async read(id) {
      const digest = digestOf(id);
      const found = digest && (await bucket.read(digest));
      if (!found) return null;
      // the types of web streams in Node.js and in the global scope differ by name alone
      const stream = Readable.fromWeb(found.stream as Parameters<typeof Readable.fromWeb>[0]);
      return { type: found.type, bytes: found.bytes, stream };
    },
    async keep({ path, id, type, bytes }, owner) {
      const digest = digestOf(id) ?? "";
      await bucket.put(digest, await openAsBlob(path, { type }), type);
      await bucket.put(ownerKey(digest, owner), "", "application/octet-stream");
      return { id, type, bytes };
    },
    fault: () =>
      bucket.has("ready").then(
        () => undefined,
        (error: Error) => error.message,
      ),
  };
}

function ownerKey(digest: string, subject: string): string {
  return `${digest}.${createHash("sha256").update(subject).digest("hex")}`;
}
