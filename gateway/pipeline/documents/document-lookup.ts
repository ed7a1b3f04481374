import { type Stats, unwatchFile, watchFile } from "node:fs";
import type { Logger } from "pino";
import { badRequest, persistedQueryNotFound } from "../../errors.ts";
import { documentId, hashOf, type NamedDocument, namedHash } from "./document-id.ts";
import type { TrustedDocuments } from "./documents-configuration.ts";
import { type PersistedQueries, persistedQueries } from "./persisted-queries.ts";
import { readManifest } from "./trusted-documents.ts";

const REMEMBERED_BYTES = 10_000_000;
const LOOK_AGAIN_MS = 2_000;
const REPORTED = 10_000;

/** Finds the document that a request means, among the trusted ones and those that clients have sent before. */
export type DocumentLookup = {
  /** The text to run. @throws Refusal where there is none, or where it is not trusted and only trusted ones are served. */
  find(named: NamedDocument, requestId: string): string;
  persistedQueries: PersistedQueries;
  close(): void;
};

/**
 * Opens the manifest of trusted documents and follows its changes; a broken new version is refused, and the old one stays.
 * `off`: any document is served. `log`: so it is, and each that is not trusted is logged once. `only`: no other is served.
 * @throws BadManifest.
 */
export function openDocumentLookup({ mode, file }: TrustedDocuments, log: Logger): DocumentLookup {
  let trusted = readManifest(file);
  const remembered = persistedQueries(REMEMBERED_BYTES);
  const reported = new Set<string>();
  if (mode === "only" && trusted.size === 0) log.warn({ file }, "No document is trusted, so every one is refused");

  function reload(now: Stats, before: Stats): void {
    if (now.mtimeMs === before.mtimeMs) return; // told once of a file that is not there
    try {
      trusted = readManifest(file);
      log.info({ file, documents: trusted.size }, "trusted documents read anew");
    } catch (error) {
      log.error({ file, fault: String(error) }, "the new trusted documents cannot be used; the old ones stay");
    }
  }
  watchFile(file, { interval: LOOK_AGAIN_MS, persistent: false }, reload);

  function report(hash: string, requestId: string): void {
    if (reported.has(hash) || reported.size >= REPORTED) return;
    reported.add(hash);
    log.warn({ requestId, documentId: documentId(hash) }, "this document is not trusted");
  }

  return {
    find(named, requestId) {
      const { query } = named;
      const hash = namedHash(named);
      const known = hash && trusted.get(hash);
      if (known) return known;
      if (mode === "only") {
        if (query !== undefined && trusted.has(hashOf(query))) return query;
        throw badRequest("Only registered documents are served here; `npm run trust` registers one", 403);
      }
      const text = query ?? (hash && remembered.get(hash));
      if (text === undefined) throw persistedQueryNotFound();
      if (hash && query !== undefined) remembered.add(hash, query);
      if (mode === "log") {
        const id = hash ?? hashOf(text);
        if (!trusted.has(id)) report(id, requestId);
      }
      return text;
    },
    persistedQueries: remembered,
    close: () => unwatchFile(file, reload),
  };
}
