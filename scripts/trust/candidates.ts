import { readFileSync } from "node:fs";
import { documentId, hashOf } from "../../gateway/pipeline/documents/document-id.ts";

/** A document to trust and its file. */
export type Candidate = { source: string; text: string };

/** Documents of a file, or its problems. */
export type Offered = { candidates: Candidate[]; problems: string[] };

/**
 * Reads documents from a file: a GraphQL document as it stands, or one of the JSON files that clients' build tools write,
 * `{"<sha256>": "query …"}` (GraphQL Code Generator, and our own manifest) or `{"operations": [{"id", "body"}]}` (Apollo).
 */
export function candidatesOf(path: string): Offered {
  try {
    const text = readFileSync(path, "utf8");
    return path.endsWith(".json")
      ? fromJson(path, JSON.parse(text))
      : { candidates: [{ source: path, text }], problems: [] };
  } catch (error) {
    return { candidates: [], problems: [`${path}: ${error instanceof Error ? error.message : error}`] };
  }
}

function fromJson(path: string, content: unknown): Offered {
  const entries = entriesOf(content);
  if (!entries) return { candidates: [], problems: [`${path}: is no list of persisted documents`] };
  const problems = entries
    .filter(([id, text]) => id !== hashOf(text) && id !== documentId(hashOf(text)))
    .map(([id]) => `${path}: ${id} is not the SHA-256 of its document`);
  return { candidates: entries.map(([id, text]) => ({ source: `${path} (${id.slice(0, 15)}…)`, text })), problems };
}

function entriesOf(content: unknown): [id: string, text: string][] | undefined {
  if (typeof content !== "object" || content === null) return undefined;
  if (!("operations" in content)) return textEntries(Object.entries(content));
  if (!Array.isArray(content.operations)) return undefined;
  return textEntries(content.operations.map((each) => [String(each?.id), each?.body]));
}

function textEntries(entries: [string, unknown][]): [string, string][] | undefined {
  return entries.every((each): each is [string, string] => typeof each[1] === "string") ? entries : undefined;
}
