import type { LifeEventFacts } from "../life-event-facts.ts";
import type { LifeEvent } from "../random/life-events.ts";
import { ACTS_OF_STAGE } from "../random/transferred-land.ts";
import { type Violation, violationsOf } from "../violation.ts";

const ENDED = new Set(["GRANTED", "REFUSED", "CANCELLED", "NOT_APPLICABLE"]);

/** Checks that each life event is one dossier that ends, whose parts have one state everywhere and one act for each grant. */
export function lifeEventsHappenOnce(events: readonly LifeEvent[], facts: LifeEventFacts): Violation[] {
  return violationsOf("lifeEvents", [
    ...events.map((event) => submissionFault(event, facts)),
    ...facts.dossiers.flatMap(({ code, steps }) => steps.map((step) => stepFault(code, step, facts))),
  ]);
}

function submissionFault({ event, key, replies }: LifeEvent, { dossiers }: LifeEventFacts): string | null {
  const [first, second] = replies;
  if (!first || !second) return `the ${event} ${key} was not answered`;
  const stored = dossiers.filter((dossier) => dossier.key === key);
  const problems = [...first.problems, ...second.problems];
  if (problems.length > 0) return `the ${event} ${key} was refused for ${problems.join(", ")}`;
  if (first.code !== second.code) return `the ${event} ${key} was acknowledged as ${first.code} and ${second.code}`;
  return stored.length === 1 && stored[0]?.code === first.code
    ? null
    : `the ${event} ${key} was acknowledged as ${first.code} and is stored as ${stored.map(({ code }) => code).join(", ") || "nothing"}`;
}

type StepOfEvent = LifeEventFacts["dossiers"][number]["steps"][number];

function stepFault(
  code: string,
  { id, key, agency, state, resultId }: StepOfEvent,
  { received, actsOf, registersActs }: LifeEventFacts,
): string | null {
  const name = `${key} of ${code}`;
  if (!ENDED.has(state)) return `${name} has not ended: ${state}`;
  const there = received.get(id);
  if (there && there.state !== state) return `${name} is ${state} here and ${there.state} at ${agency}`;
  if (there && there.resultId !== resultId) return `${name} has another result here than at ${agency}`;
  if (!registersActs.has(agency)) return null;
  const acts = actsOf.get(id) ?? 0;
  const wanted = state === "GRANTED" ? ((agency === "LAND" ? ACTS_OF_STAGE[key] : undefined) ?? 1) : 0;
  return acts === wanted ? null : `${name} is ${state}, and ${agency} has ${acts} acts of it`;
}
