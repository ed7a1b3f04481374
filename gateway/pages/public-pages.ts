import { readFileSync } from "node:fs";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import type { Screens } from "../screens/open-screens.ts";
import type { AgencyStatus } from "./status/status-page.ts";
import { readIcon, readStylesheet, type Stylesheet } from "./stylesheet.ts";

/** Texts of the documents that the pages execute. */
export type PageDocuments = {
  trackDossier: string;
  giveFeedback: string;
  supplementByCode: string;
  answerSupplementByCode: string;
  procedure: string;
  procedures: string;
  unsubscribe: string;
  outboxBacklog: string;
};

/** The files of the public pages, read once at the start. */
export type PublicPages = {
  stylesheet: Stylesheet;
  icon: string;
  documents: PageDocuments;
  /** Pages with scripts; undefined outside demo mode, unless a sign-in is configured. */
  screens: Screens | undefined;
  /** True where a page may link to the playground. */
  hasPlayground: boolean;
  /** States of the agencies; undefined where the page of them is off. */
  agencies: (() => Promise<AgencyStatus[]>) | undefined;
};

export function openPublicPages(given: Pick<PublicPages, "screens" | "hasPlayground" | "agencies">): PublicPages {
  const documents = {
    trackDossier: documentText("track-dossier"),
    giveFeedback: documentText("give-feedback"),
    supplementByCode: documentText("supplement-by-code"),
    answerSupplementByCode: documentText("answer-supplement-by-code"),
    procedure: documentText("procedure"),
    procedures: documentText("procedures"),
    unsubscribe: documentText("unsubscribe"),
    outboxBacklog: documentText("outbox-backlog"),
  };
  return { stylesheet: readStylesheet(), icon: readIcon(), documents, ...given };
}

function documentText(name: string): string {
  return readFileSync(projectPath("gateway", "pages", "documents", `${name}.graphql`), "utf8");
}
