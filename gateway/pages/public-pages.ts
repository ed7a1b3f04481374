import { readFileSync } from "node:fs";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { readStylesheet, type Stylesheet } from "./stylesheet.ts";

/** Texts of the documents that the pages execute. */
export type PageDocuments = { trackDossier: string; procedure: string; procedures: string };

/** The files of the public pages, read once at the start. */
export type PublicPages = { stylesheet: Stylesheet; documents: PageDocuments };

export function openPublicPages(): PublicPages {
  const documents = {
    trackDossier: documentText("track-dossier"),
    procedure: documentText("procedure"),
    procedures: documentText("procedures"),
  };
  return { stylesheet: readStylesheet(), documents };
}

function documentText(name: string): string {
  return readFileSync(projectPath("gateway", "pages", "documents", `${name}.graphql`), "utf8");
}
