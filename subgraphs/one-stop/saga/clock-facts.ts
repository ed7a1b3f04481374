import type { ClockFacts } from "../definitions/due-plan.ts";
import { definitionOfSteps } from "../definitions/version-in-force.ts";
import type { LiveDossier } from "./dossier.ts";

/** Facts for the due dates, with the definition of the branches that the dossier has. */
export function clockFacts({
  definition,
  office,
  receivedAt,
  clock,
  steps,
}: Omit<ClockFacts, "definition"> & Pick<LiveDossier, "definition">): ClockFacts {
  const keys = steps.map(({ key }) => key);
  return { definition: definitionOfSteps(definition, keys), office, receivedAt, clock, steps };
}
