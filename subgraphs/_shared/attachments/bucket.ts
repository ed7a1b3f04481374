import { S3mini, S3ServiceError } from "s3mini";
import type { BucketAddress } from "./bucket-configuration.ts";

/** Object of a bucket: its key, and the time of its last upload. */
export type BucketObject = { key: string; changedAt: Date };
export type Content = { type: string; bytes: number; stream: ReadableStream<Uint8Array> };

/** Bucket of an S3-compatible store. Every method throws StoreUnavailable if the store does not respond or returns an error. */
export type Bucket = {
  has(key: string): Promise<boolean>;
  /** Uploads content. An object of the same key is replaced, and its time is renewed. */
  put(key: string, content: Blob | string, type: string): Promise<void>;
  read(key: string): Promise<Content | null>;
  /** All objects, in the order of their keys. */
  list(): AsyncGenerator<BucketObject>;
  remove(keys: readonly string[]): Promise<void>;
};

export class StoreUnavailable extends Error {}

/** Time limit of a request without content. */
const REQUEST_MS = 5_000;
/** Time limit of an upload or download, long enough for the largest attachment over a slow line. */
const CONTENT_MS = 120_000;
const PAGE = 1_000;

export function openBucket({ url, region, accessKeyId, secretAccessKey }: BucketAddress): Bucket {
  const keys = { endpoint: url, region, accessKeyId, secretAccessKey, fetch: fetchWithoutLength };
  const requests = new S3mini({ ...keys, requestAbortTimeout: REQUEST_MS });
  const contents = new S3mini({ ...keys, requestAbortTimeout: CONTENT_MS });
  return {
    has: (key) => orUnavailable(async () => (await requests.objectExists(key)) === true),
    async put(key, content, type) {
      const bytes = typeof content === "string" ? Buffer.byteLength(content) : content.size;
      await orUnavailable(() => contents.putObject(key, content, type, undefined, undefined, bytes));
    },
    read: (key) => orUnavailable(() => contentOf(contents, key)),
    async *list() {
      let token: string | undefined;
      do {
        const page = await orUnavailable(() => requests.listObjectsPaged("/", "", PAGE, token));
        for (const { Key, LastModified } of page?.objects ?? []) yield { key: Key, changedAt: new Date(LastModified) };
        token = page?.nextContinuationToken;
      } while (token);
    },
    async remove(removed) {
      if (removed.length > 0) await orUnavailable(() => requests.deleteObjects([...removed]));
    },
  };
}

/** `fetch` without the `content-length` header that s3mini sets: undici adds its own and refuses a second one. */
const fetchWithoutLength: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.delete("content-length");
  return fetch(input, { ...init, headers });
};

async function contentOf(store: S3mini, key: string): Promise<Content | null> {
  const response = await store.getObjectResponse(key);
  if (!response?.body) return null;
  const { headers, body } = response;
  return { type: headers.get("content-type") ?? "", bytes: Number(headers.get("content-length")), stream: body };
}

/** Turns every failure into StoreUnavailable, because messages of the store may contain keys and addresses. */
async function orUnavailable<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const reason = error instanceof S3ServiceError ? `it answers HTTP ${error.status}` : "it cannot be reached";
    throw new StoreUnavailable(reason, { cause: error });
  }
}
