import type { Visit } from "../random/visits.ts";
import { type Violation, violationsOf } from "../violation.ts";
import type { VisitFacts } from "../visit-facts.ts";

/** Checks that each act of a visitor happened once: a ticket's number and call, the submission of a draft, a refiling. */
export function visitsHappenOnce(visits: readonly Visit[], facts: VisitFacts): Violation[] {
  return [
    ...violationsOf("tickets", [...visits.map((visit) => ticketFault(visit, facts)), ...seriesFaults(facts)]),
    ...violationsOf(
      "drafts",
      visits.map((visit) => draftFault(visit, facts)),
    ),
    ...violationsOf(
      "refilings",
      visits.map((visit) => refilingFault(visit, facts)),
    ),
  ];
}

function ticketFault({ key, numbers, called }: Visit, { tickets }: VisitFacts): string | null {
  const [taken] = tickets.filter((ticket) => ticket.key === `${key}-take`);
  if (numbers.length !== 2 || numbers.some((number) => number !== taken?.number))
    return `${key} was given the numbers ${numbers.join(", ") || "none"} and has ${taken?.number ?? "none"}`;
  if (new Set(called).size !== 1) return `${key} called ${called.length === 0 ? "nobody" : "two tickets with one key"}`;
  const ended = tickets.find(({ id }) => id === called[0])?.state;
  return ended === "DONE" ? null : `the ticket that ${key} called and ended is ${ended}`;
}

/** The numbers of an office's day are 1, 2, 3 … */
function seriesFaults({ tickets }: VisitFacts): (string | null)[] {
  const series = new Map<string, number[]>();
  for (const { series: name, number } of tickets) series.set(name, [...(series.get(name) ?? []), number]);
  return [...series].map(([name, numbers]) =>
    numbers.every((number, place) => number === place + 1) ? null : `the series ${name} is ${numbers.join(", ")}`,
  );
}

/** Of two submissions at once one opens the dossier. */
function draftFault({ key, submitted }: Visit, { dossiers }: VisitFacts): string | null {
  const opened = submitted.filter((code) => code !== null);
  if (submitted.length !== 2) return `${key}: the submission of its draft was not answered`;
  if (opened.length !== 1) return `${key}: its draft was submitted as ${opened.join(" and ") || "nothing"}`;
  const isKnown = dossiers.some(({ code }) => code === opened[0]);
  return isKnown ? null : `${key}: ${opened[0]} was acknowledged and is not linked to its draft`;
}

/** Of two refilings at once one opens a dossier, which is linked and decided once; the earlier part stays refused. */
function refilingFault({ key, refiled, submitted }: Visit, { dossiers, refilings }: VisitFacts): string | null {
  if (!dossiers.some((dossier) => submitted.includes(dossier.code))) return null; // a fault of the draft
  const [code, ...more] = refiled.filter((each) => each !== null);
  if (refiled.length !== 2) return `${key}: the refiling of its refused part was not answered`;
  if (!code || more.length > 0)
    return `${key}: its part was refiled as ${refiled.filter(Boolean).join(" and ") || "nothing"}`;
  const linked = refilings.filter(({ earlier }) => submitted.includes(earlier));
  const [fact] = linked;
  if (linked.length !== 1 || fact?.code !== code) return `${key}: ${code} was acknowledged and is not the one refiling`;
  if (fact.earlierState !== "REFUSED") return `${key}: the part that ${code} refiles is ${fact.earlierState}`;
  if (fact.state !== "GRANTED") return `${key}: the refiled part of ${code} is ${fact.state}`;
  return fact.decisions === 1 ? null : `${key}: the refiled part of ${code} has ${fact.decisions} decisions`;
}
