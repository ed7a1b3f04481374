import { createHash } from "node:crypto";
import * as z from "zod";
import { badRequest } from "../../errors.ts";

/** SHA-256 of a document's text, 64 hexadecimal digits in lower case. */
export type DocumentHash = string;

/** Parts of a request that identify a document: its text, an id, or both. */
export type NamedDocument = {
  query?: string | undefined;
  /** As in the draft on persisted documents of GraphQL over HTTP: `sha256:…`. */
  documentId?: string | undefined;
  /** Apollo's automatic persisted queries carry the hash in `persistedQuery`. */
  extensions?: Record<string, unknown> | undefined;
};

const HASH = /^[0-9a-f]{64}$/;
const persistedQuery = z.object({
  version: z.literal(1, { error: "must be 1" }),
  sha256Hash: z.string().regex(HASH, { error: "must be 64 hexadecimal digits in lower case" }),
});

export function hashOf(text: string): DocumentHash {
  return createHash("sha256").update(text).digest("hex");
}

/** Id of a document in requests. */
export function documentId(hash: DocumentHash): string {
  return `sha256:${hash}`;
}

/** Hash by which a request identifies its document, if any. @throws Refusal for an id that is malformed or contradicts another part. */
export function namedHash({ documentId, extensions, query }: NamedDocument): DocumentHash | undefined {
  const byId = documentId === undefined ? undefined : hashOfId(documentId);
  const byExtension = persistedHash(extensions?.persistedQuery);
  if (byId && byExtension && byId !== byExtension) {
    throw badRequest("documentId and extensions.persistedQuery name different documents; send one of them");
  }
  const hash = byId ?? byExtension;
  if (hash && query !== undefined && hashOf(query) !== hash) {
    throw badRequest("provided sha does not match query: the id must be the SHA-256 of the document's exact text");
  }
  return hash;
}

function hashOfId(id: string): DocumentHash {
  const [prefix, hash = ""] = id.split(":");
  if (prefix === "sha256" && HASH.test(hash) && id.length === "sha256:".length + hash.length) return hash;
  throw badRequest("documentId must be sha256: and 64 hexadecimal digits in lower case");
}

function persistedHash(given: unknown): DocumentHash | undefined {
  if (given === undefined || given === null) return undefined;
  const parsed = persistedQuery.safeParse(given);
  if (parsed.success) return parsed.data.sha256Hash;
  const faults = parsed.error.issues.map((issue) => `${["persistedQuery", ...issue.path].join(".")} ${issue.message}`);
  throw badRequest(`extensions.${faults.join("; ")}`);
}
