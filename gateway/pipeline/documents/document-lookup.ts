import { type Stats, unwatchFile, watchFile } from "node:fs";
import type { Logger } from "pino";
import { badRequest, persistedQueryNotFound } from "../../errors.ts";
import { documentId, hashOf, type NamedDocument, namedHash } from "./document-id.ts";
import type { TrustedDocuments } from "./documents-configuration.ts";
import { type PersistedQueries, persistedQueries } from "./persisted-queries.ts";
import { configuredManifest, readManifest } from "./trusted-documents.ts";

const PERSISTED_BYTES = 10_000_000;
const LOOK_AGAIN_MS = 2_000;
const REPORTED = 10_000;

/** Document of a request; `isRegistered`: the manifest of trusted documents has it. */
export type FoundDocument = { text: string; isRegistered: boolean };

/** Finds the documents of requests among the trusted ones and those that clients have sent before. */
export type DocumentLookup = {
  /** @throws Refusal where there is no such document, or where it is not trusted and only trusted ones are served. */
  find(named: NamedDocument, requestId: string): FoundDocument;
  persistedQueries: PersistedQueries;
  close(): void;
};

/**
 * Opens the manifest of trusted documents and follows its changes; a broken new version is refused, and the old one stays.
 * `off`: any document is served. `log`: any document is served, and each untrusted one is logged once. `only`: untrusted
 * documents are refused.
 * @throws BadConfiguration.
 */
export function openDocumentLookup({ mode, file }: TrustedDocuments, log: Logger): DocumentLookup {
  const manifest = watchedManifest(file, log);
  const remembered = persistedQueries(PERSISTED_BYTES);
  const reported = new Set<string>();
  if (mode === "only" && manifest.size() === 0) log.warn({ file }, "No document is trusted, so every one is refused");

  function report(hash: string, requestId: string): void {
    if (reported.has(hash) || reported.size >= REPORTED) return;
    reported.add(hash);
    log.warn({ requestId, documentId: documentId(hash) }, "this document is not trusted");
  }

  return {
    find(named, requestId) {
      const { query } = named;
      const hash = namedHash(named);
      const trusted = hash && manifest.get(hash);
      if (trusted) return { text: trusted, isRegistered: true };
      if (mode === "only") {
        if (query !== undefined && manifest.get(hashOf(query))) return { text: query, isRegistered: true };
        throw badRequest("Only registered documents are served here; `npm run trust` registers one", 403);
      }
      const text = query ?? (hash && remembered.get(hash));
      if (text === undefined) throw persistedQueryNotFound();
      if (hash && query !== undefined) remembered.add(hash, query);
      const isRegistered = manifest.hasText(text);
      if (mode === "log" && !isRegistered) report(hash ?? hashOf(text), requestId);
      return { text, isRegistered };
    },
    persistedQueries: remembered,
    close: manifest.close,
  };
}

/** Manifest of trusted documents that is read again when its file changes. @throws BadConfiguration. */
function watchedManifest(file: string, log: Logger) {
  let trusted = configuredManifest(file);
  let texts = new Set(trusted.values());

  function reload(now: Stats, before: Stats): void {
    if (now.mtimeMs === before.mtimeMs) return; // also called once for a file that does not exist
    try {
      trusted = readManifest(file);
      texts = new Set(trusted.values());
      log.info({ file, documents: trusted.size }, "trusted documents read anew");
    } catch (error) {
      log.error({ file, fault: String(error) }, "the new trusted documents cannot be used; the old ones stay");
    }
  }
  watchFile(file, { interval: LOOK_AGAIN_MS, persistent: false }, reload);
  return {
    get: (hash: string) => trusted.get(hash),
    /** By the text itself, which costs less than its hash for a text that is in the set or has been hashed before. */
    hasText: (text: string) => texts.size > 0 && texts.has(text),
    size: () => trusted.size,
    close: () => unwatchFile(file, reload),
  };
}
