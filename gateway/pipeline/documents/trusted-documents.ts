import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { badSetting } from "../../../subgraphs/_shared/serving/environment.ts";
import { type DocumentHash, documentId, hashOf } from "./document-id.ts";

/** Trusted documents: text by hash. */
export type Manifest = ReadonlyMap<DocumentHash, string>;

/** The manifest exists but cannot be used. */
export class BadManifest extends Error {}

/** Reads `{"sha256:…": "query …"}`; without a file there are no documents. @throws BadManifest. */
export function readManifest(path: string): Manifest {
  if (!existsSync(path)) return new Map();
  const entries = Object.entries(parsed(path));
  const wrong = entries.filter(([id, text]) => typeof text !== "string" || id !== documentId(hashOf(text)));
  if (wrong.length > 0) {
    const ids = wrong.map(([id]) => id).join(", ");
    throw new BadManifest(`${path}: not the SHA-256 of their text: ${ids}`);
  }
  return new Map(entries.map(([, text]) => [hashOf(String(text)), String(text)]));
}

/** Reads the manifest that a start needs. @throws BadConfiguration. */
export function configuredManifest(path: string): Manifest {
  try {
    return readManifest(path);
  } catch (error) {
    if (!(error instanceof BadManifest)) throw error;
    throw badSetting("TRUSTED_DOCUMENTS_FILE", `${error.message}; \`npm run trust -- FILE…\` writes one`);
  }
}

/** Writes a manifest atomically, sorted by id for version control. */
export function writeManifest(path: string, manifest: Manifest): void {
  const entries = [...manifest].map(([hash, text]) => [documentId(hash), text] as const);
  const sorted = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, `${JSON.stringify(sorted, null, 2)}\n`);
  renameSync(draft, path);
}

function parsed(path: string): object {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof content === "object" && content !== null && !Array.isArray(content)) return content;
  } catch (error) {
    throw new BadManifest(`${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  throw new BadManifest(`${path} is no JSON object of ids and documents`);
}
