import { acknowledgedCode } from "../ledger.ts";
import { INVARIANTS, type Invariant } from "../violation.ts";
import { killsOf } from "./fault-counts.ts";
import type { CampaignPlan, CampaignResult, Progress } from "./random-campaign.ts";

const SHOWN = 5;

/** Progress of a campaign on one line. */
export function progressLine({ ledger, counts, ended, seconds }: Parameters<Progress>[0]): string {
  const acknowledged = ledger.sent.filter(acknowledgedCode).length;
  return `${seconds.toFixed(0).padStart(5)} s  sent ${ledger.sent.length}, acknowledged ${acknowledged}, ended ${ended}, kills ${killsOf(counts)}`;
}

/** Report of a campaign: requests, faults, outcomes, and each invariant with its violations. */
export function reportLines({ requests, seconds, seed, desks }: CampaignPlan, result: CampaignResult): string[] {
  const { ledger, counts, facts, violations } = result;
  const acknowledged = ledger.sent.filter(acknowledgedCode).length;
  const outcomes = tally(facts.dossiers.map(({ outcome, state }) => outcome ?? state));
  return [
    `Requests   ${ledger.sent.length} sent in ${counts.attempts} attempts, ${acknowledged} acknowledged, ${ledger.sent.length - acknowledged} rejected`,
    `No answer  ${words(counts.missingResponses)}`,
    `Dossiers   ${facts.dossiers.length}: ${outcomes}`,
    `Steps      ${tally(facts.steps.map(({ state }) => state))}`,
    `Kills      ${killsOf(counts)}: ${words(counts.kills)}`,
    `Faults     ${words(counts.faults)}; ${counts.withoutTarget} met no process`,
    "",
    ...invariantLines(violations),
    "",
    violations.length === 0
      ? `Every invariant holds. Seed ${seed}.`
      : `${violations.length} violations. The same again: npm run campaign -- --requests ${requests} --seconds ${seconds} --desks ${desks} --seed ${seed}`,
  ];
}

export function invariantLines(violations: CampaignResult["violations"]): string[] {
  return (Object.keys(INVARIANTS) as Invariant[]).flatMap((name) => {
    const broken = violations.filter(({ invariant }) => invariant === name);
    const details = broken.slice(0, SHOWN).map(({ detail }) => `      ${detail}`);
    const more = broken.length > SHOWN ? [`      and ${broken.length - SHOWN} more`] : [];
    return [`  ${broken.length === 0 ? "✓" : "✗"} ${INVARIANTS[name]}`, ...details, ...more];
  });
}

function tally(values: string[]): string {
  const counted: Record<string, number> = {};
  for (const value of values) counted[value] = (counted[value] ?? 0) + 1;
  return words(counted);
}

function words(counted: Record<string, number>): string {
  const entries = Object.entries(counted).sort(([, a], [, b]) => b - a);
  return entries.map(([name, count]) => `${count} ${name}`).join(", ") || "none";
}
