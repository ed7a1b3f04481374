import type { Answers, ComparedDossier } from "./comparison.ts";
import type { Finding, ResolvedFinding } from "./findings.ts";
import { type LosingDossier, losingDossier, resumed } from "./lost-parts.ts";
import { type Desk, REFERENCE_RENEWED, recordResult } from "./resumption.ts";

/** Findings of a dossier whose remedies are applied, and the rest if it has lost parts. */
export type Remedied = { resolved: ResolvedFinding[]; losing: LosingDossier | null };

/** Applies the remedies of a dossier's findings that need not wait for other dossiers. */
export async function applyRemedies(
  desk: Desk,
  dossier: ComparedDossier,
  findings: readonly Finding[],
  answers: Answers,
): Promise<Remedied> {
  const losing = losingDossier(dossier, findings);
  const resolved: ResolvedFinding[] = [];
  for (const finding of findings) {
    if (finding.remedy === "PERSON") resolved.push({ ...finding, outcome: "PERSON" });
    if (finding.remedy === "RECORD") {
      await recordEntry(desk, dossier, finding, answers);
      resolved.push({ ...finding, outcome: "RESUMED" });
    }
  }
  if (!losing) {
    const open = findings.filter(({ remedy }) => remedy === "RESUME");
    resolved.push(...(await resumed(desk, dossier.id, open)));
  }
  return { resolved, losing };
}

async function recordEntry(desk: Desk, dossier: ComparedDossier, finding: Finding, answers: Answers): Promise<void> {
  const step = dossier.steps.find(({ key }) => key === finding.step);
  const answer = step && answers.get(step.id);
  if (answer) await recordResult(desk, dossier.id, step, answer, REFERENCE_RENEWED);
}
