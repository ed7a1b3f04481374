import {
  PORTAL_FINDINGS,
  type PortalFinding,
  type PortalProgress,
} from "../../subgraphs/one-stop/national-portal/reconcile-portal.ts";
import { OUTCOMES } from "./report.ts";

/** One finding on one line. */
export function portalFindingLine({ kind, outcome, dossier, note }: PortalFinding): string {
  return `${kind}  ${dossier}  ${OUTCOMES[outcome]}: ${PORTAL_FINDINGS[kind]} (${note})`;
}

export function portalProgressLine({ dossiers, total }: PortalProgress): string {
  return `${dossiers} of ${total} dossiers compared with the national portal`;
}

export function portalSummaryLines(progress: PortalProgress): string[] {
  const { RESUMED, PLANNED, UNANSWERED, PERSON } = progress.findings;
  const isEqual = RESUMED + PLANNED + UNANSWERED + PERSON === 0;
  return [
    "",
    portalProgressLine(progress),
    isEqual
      ? "Nothing differs."
      : `${RESUMED} delivered, ${PLANNED} left (dry run), ${UNANSWERED} not answered, ${PERSON} for a person`,
  ];
}
