import type { PaperHead } from "./kinds/paper-head.ts";
import type { PaperKind } from "./paper-kinds.ts";

/** A paper that a request asks for; `part` is the id of the part whose result it is. */
export type AskedPaper = { kind: PaperKind; code: string; part: string | null };

/** Paper of the segments `dossiers/CODE/papers/NAME.pdf` or `dossiers/CODE/parts/ID/result.pdf`; undefined for other paths. */
export function askedPaper(kinds: readonly PaperKind[], path: readonly string[]): AskedPaper | undefined {
  const [dossiers, code = "", folder, ...rest] = path;
  const [last = ""] = rest.slice(-1);
  if (dossiers !== "dossiers" || !last.endsWith(".pdf")) return undefined;
  const name = last.slice(0, -".pdf".length);
  const kind = kinds.find((each) => each.name === name && each.isOfPart === (folder === "parts"));
  if (!kind) return undefined;
  if (folder === "papers" && rest.length === 1) return { kind, code, part: null };
  return folder === "parts" && rest.length === 2 ? { kind, code, part: rest[0] ?? null } : undefined;
}

/** True if a dossier has the paper; the graph says which papers exist in its present state. */
export function isIssued({ kind, part }: AskedPaper, { issuedPapers }: PaperHead): boolean {
  return issuedPapers.some((each) => each.kind === kind.kind && (each.part?.id ?? null) === part);
}
