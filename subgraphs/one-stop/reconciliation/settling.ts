import type { Agencies } from "../saga/agencies.ts";
import type { LiveDossier } from "../saga/dossier.ts";
import type { Answers, ComparedDossier } from "./comparison.ts";
import type { Finding, Settled } from "./findings.ts";
import { redeliver } from "./redelivery.ts";
import { type Desk, ENTERED_AGAIN, existing, REFERENCE_RENEWED, recordResult, resume } from "./resumption.ts";

/**
 * Does what can be done about a dossier's findings, in the order of its steps: what rests on a step that could not be put
 * right is left alone.
 */
export async function settle(
  desk: Desk & { agencies: Agencies },
  dossier: ComparedDossier,
  findings: readonly Finding[],
  answers: Answers,
): Promise<Settled[]> {
  const settled: Settled[] = [];
  const wrong = new Set(findings.filter(({ remedy }) => remedy === "PERSON").map(({ step }) => step));
  const live = findings.some(({ remedy }) => remedy === "REDELIVER") ? await existing(desk, dossier.id) : null;
  for (const finding of findings) {
    const step = dossier.steps.find(({ key }) => key === finding.step);
    const basis = step?.dependsOn.find((key) => wrong.has(key));
    const done =
      finding.remedy === "REDELIVER" && basis
        ? ({ ...finding, outcome: "PERSON", note: `${basis} has to be put right first` } as const)
        : await settleOne(desk, dossier, finding, answers, live);
    if (done.outcome !== "RESUMED") wrong.add(done.step);
    settled.push(done);
  }
  // one transition for all of them, also for those that wait for each other
  const resumed = settled.filter(({ remedy }) => remedy === "RESUME");
  const keys = resumed.flatMap(({ step }) => (step ? [step] : []));
  if (resumed.length > 0) await resume(desk, dossier.id, keys);
  return settled;
}

async function settleOne(
  desk: Desk & { agencies: Agencies },
  dossier: ComparedDossier,
  finding: Finding,
  answers: Answers,
  live: LiveDossier | null,
): Promise<Settled> {
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
