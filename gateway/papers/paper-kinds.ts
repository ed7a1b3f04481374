import { readFileSync } from "node:fs";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { apology } from "./kinds/apology.ts";
import { letter } from "./kinds/letter.ts";
import type { PaperHead } from "./kinds/paper-head.ts";
import { receipt } from "./kinds/receipt.ts";
import { refusal } from "./kinds/refusal.ts";
import { result } from "./kinds/result.ts";
import { resultList } from "./kinds/result-list.ts";
import { supplementRequest } from "./kinds/supplement-request.ts";
import type { Paper } from "./paper.ts";

/** A kind of paper: its name in addresses, the document that reads its facts, and what it makes of them. */
export type PaperKind = {
  /** Name in addresses, such as `supplement-request`. */
  name: string;
  /** Name in the graph. */
  kind: string;
  /** True for a paper of one part, false for one of the dossier. */
  isOfPart: boolean;
  /** Text of the registered document with the variable `code`. */
  document: string;
  /** Reason for which a dossier has no such paper. */
  absence: string;
  /** Paper of a dossier as the document selects it; `part` is the id of the part whose result it is. */
  compose(dossier: PaperHead, origin: string, part: string | null): Paper;
};

type Composition<Dossier> = (dossier: Dossier, origin: string, part: string | null) => Paper;

/** Reads the documents of the papers. */
export function readPaperKinds(): readonly PaperKind[] {
  return [
    paperKind("receipt", receipt, "Every dossier has a receipt"),
    paperKind("supplement-request", supplementRequest, "No agency has asked for further papers"),
    paperKind("refusal", refusal, "Nothing of the dossier was refused"),
    paperKind("apology", apology, "No apology was due: the appointment was not postponed for a delay"),
    paperKind("result-list", resultList, "The dossier is not completed, or nothing was granted"),
    paperKind("result", result, "The dossier has no granted part with this id"),
    paperKind("letter", letter, "The office sends no letter for this dossier"),
  ];
}

function paperKind<Dossier extends PaperHead>(name: string, compose: Composition<Dossier>, absence: string): PaperKind {
  return {
    ...{ name, kind: name.toUpperCase().replaceAll("-", "_"), isOfPart: name === "result", absence },
    document: `${documentText(name)}\n${documentText("head")}`,
    compose: compose as Composition<PaperHead>, // the document selects what the composition reads
  };
}

function documentText(name: string): string {
  return readFileSync(projectPath("gateway", "papers", "documents", `${name}.graphql`), "utf8");
}
