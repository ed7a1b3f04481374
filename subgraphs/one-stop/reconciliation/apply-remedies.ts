import type { Agencies } from "../saga/agency-client.ts";
import type { LiveDossier } from "../saga/dossier.ts";
import type { Answers, ComparedDossier } from "./comparison.ts";
import type { Finding, ResolvedFinding } from "./findings.ts";
import { redeliver } from "./redelivery.ts";
import { type Desk, ENTERED_AGAIN, REFERENCE_RENEWED, recordResult, requireDossier, resume } from "./resumption.ts";

/**
 * Applies the remedies of a dossier's findings in the order of its steps. A step whose dependency could not be mended is
 * left to a person.
 */
export async function applyRemedies(
  desk: Desk & { agencies: Agencies },
  dossier: ComparedDossier,
  findings: readonly Finding[],
  answers: Answers,
): Promise<ResolvedFinding[]> {
  const resolved: ResolvedFinding[] = [];
  const wrong = new Set(findings.filter(({ remedy }) => remedy === "PERSON").map(({ step }) => step));
  const live = findings.some(({ remedy }) => remedy === "REDELIVER") ? await requireDossier(desk, dossier.id) : null;
  for (const finding of findings) {
    const step = dossier.steps.find(({ key }) => key === finding.step);
    const basis = step?.dependsOn.find((key) => wrong.has(key));
    const done =
      finding.remedy === "REDELIVER" && basis
        ? ({ ...finding, outcome: "PERSON", note: `${basis} has to be mended first` } as const)
        : await applyRemedy(desk, dossier, finding, answers, live);
    if (done.outcome !== "RESUMED") wrong.add(done.step);
    resolved.push(done);
  }
  // one transition for all steps, also for those that depend on each other
  const resumed = resolved.filter(({ remedy }) => remedy === "RESUME");
  const keys = resumed.flatMap(({ step }) => (step ? [step] : []));
  if (resumed.length > 0) await resume(desk, dossier.id, keys);
  return resolved;
}

async function applyRemedy(
  desk: Desk & { agencies: Agencies },
  dossier: ComparedDossier,
  finding: Finding,
  answers: Answers,
  live: LiveDossier | null,
): Promise<ResolvedFinding> {
  const compared = dossier.steps.find(({ key }) => key === finding.step);
  switch (finding.remedy) {
    case "PERSON":
      return { ...finding, outcome: "PERSON" };
    case "RESUME":
      return { ...finding, outcome: "RESUMED" };
    case "RECORD": {
      const answer = compared && answers.get(compared.id);
      if (answer) await recordResult(desk, dossier.id, compared, answer, REFERENCE_RENEWED);
      return { ...finding, outcome: "RESUMED" };
    }
    case "REDELIVER": {
      const step = live?.steps.find(({ key }) => key === finding.step);
      if (!live || !step) throw new Error(`Dossier ${dossier.code} has no step ${finding.step}`);
      const { outcome, note, answer } = await redeliver(desk.agencies, live, step);
      if (answer?.state === "GRANTED") await recordResult(desk, dossier.id, step, answer, ENTERED_AGAIN);
      return { ...finding, outcome, note };
    }
  }
}
