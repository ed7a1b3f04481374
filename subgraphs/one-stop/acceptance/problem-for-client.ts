import { agencyOf } from "../../_shared/registers/agency-type.ts";
import type { Problem } from "../../_shared/registers/problem-type.ts";
import type { Problem as FoundProblem } from "./problems.ts";

/** Problem for clients, with its agency and the earlier dossier. */
export function problemForClient({ agency, existingDossier, ...problem }: FoundProblem): Problem {
  return {
    ...problem,
    agency: agency ? agencyOf(agency) : null,
    existingDossier: existingDossier ? { code: existingDossier } : null,
  };
}
