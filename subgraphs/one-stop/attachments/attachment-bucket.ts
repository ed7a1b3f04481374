import { type Bucket, type BucketObject, StoreUnavailable } from "../../_shared/attachments/bucket.ts";
import { storeUnavailable } from "../../_shared/serving/errors.ts";
import { type Attachments, digestOf, ORPHAN_MS, unusedDigests } from "./attachments.ts";

/** Number of attachments that one query compares with the dossiers. */
const BATCH = 500;
/** Key of a content (its digest), or of a mark that names one of its owners. */
const KEY = /^([0-9a-f]{64})(\.[0-9a-f]{64})?$/;

type Kept = { digest: string; keys: string[]; newest: number };

/** Bucket of attachments that the gateways write. Any number of processes may remove orphans at once. */
export function attachmentBucket(bucket: Bucket): Attachments {
  return {
    async has(id) {
      const digest = digestOf(id);
      if (digest === undefined) return false;
      return bucket.has(digest).catch((error: unknown) => {
        throw error instanceof StoreUnavailable ? storeUnavailable() : error;
      });
    },
    async removeOrphans(sql, now) {
      let removed = 0;
      for await (const old of batches(bucket.list(), now)) {
        const unused = new Set(
          await unusedDigests(
            sql,
            old.map(({ digest }) => digest),
          ),
        );
        const orphans = old.filter(({ digest }) => unused.has(digest));
        await bucket.remove(orphans.flatMap(({ keys }) => keys));
        removed += orphans.length;
      }
      return removed;
    },
  };
}

/** Batches of attachments whose last upload was at least a day ago. */
async function* batches(objects: AsyncIterable<BucketObject>, now: number): AsyncGenerator<Kept[]> {
  let batch: Kept[] = [];
  for await (const kept of byDigest(objects)) {
    if (now - kept.newest >= ORPHAN_MS) batch.push(kept);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Groups objects by digest. Those of one digest are adjacent, because the bucket lists by key. */
async function* byDigest(objects: AsyncIterable<BucketObject>): AsyncGenerator<Kept> {
  let current: Kept | undefined;
  for await (const { key, changedAt } of objects) {
    const [, digest] = KEY.exec(key) ?? [];
    if (digest === undefined) continue;
    if (current && current.digest !== digest) {
      yield current;
      current = undefined;
    }
    current ??= { digest, keys: [], newest: 0 };
    current.keys.push(key);
    current.newest = Math.max(current.newest, changedAt.getTime());
  }
  if (current) yield current;
}
