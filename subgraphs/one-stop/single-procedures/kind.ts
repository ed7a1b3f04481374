import type { SubmittableKind } from "../acceptance/application.ts";
import { fault } from "../acceptance/problems.ts";
import type { DossierDefinition, Term } from "../definitions/definition.ts";
import { procedureOf } from "../procedures/catalogue.ts";
import type { ProcedureRow } from "../procedures/types.ts";
import type { DossierInput } from "./input.ts";
import { readDossier, type SingleRequest } from "./reading.ts";

/** Term where the catalogue publishes none; Decree 118/2025/NĐ-CP leaves it to the procedure. */
const UNPUBLISHED_WORKING_DAYS = 10;
const HOURS_IN_A_WORKING_DAY = 8;
const DAYS = { MONTH: 30, YEAR: 365 } as const;

const kinds = new Map<string, SubmittableKind<DossierInput, SingleRequest>>();

/** Kind of the dossiers of one procedure of the catalogue; null if there is no such procedure. Officers decide its part. */
export function singleProcedure(code: string): SubmittableKind<DossierInput, SingleRequest> | null {
  const known = kinds.get(code);
  if (known) return known;
  const procedure = procedureOf(code);
  if (!procedure) return null;
  const kind: SubmittableKind<DossierInput, SingleRequest> = {
    id: code,
    versions: [definitionOf(procedure)],
    contentFor: (_step, { declarant, form, papers }) => ({ declarant, ...form, papers }),
    read: readDossier,
    leftOut: () => [],
    application: ({ office, channel, declarant, handover, subjectName }) => ({
      ...{ office, channel, applicant: declarant, subjectName, handover, parties: [], duplicateKeys: [] },
    }),
    duplicate: { path: [], codeOfAgency: "", fault: () => fault("DUPLICATE", "Hồ sơ đã có", "The dossier exists") },
  };
  kinds.set(code, kind);
  return kind;
}

function definitionOf({ code, name, agency, facts }: ProcedureRow): DossierDefinition {
  return {
    ...{ id: code, version: 1, regime: code, code, name, nameEn: name, certainty: "sure", validFrom: "2000-01-01" },
    steps: [
      {
        ...{ key: "PROCEDURE", part: true, agency, procedure: code, dependsOn: [], effect: "LEGAL_FACT" },
        ...{ term: termOf(facts.processingTime), feeVnd: 0, checkable: false, officer: true },
      },
    ],
  };
}

function termOf({ quantity, unit }: ProcedureRow["facts"]["processingTime"]): Term {
  const count = quantity ?? 1;
  switch (unit) {
    case "WORKING_DAY_SAME":
      return { kind: "SAME_DAY" };
    case "WORKING_DAY":
      return { kind: "WORKING_DAYS", days: count };
    case "HOUR":
      return count <= HOURS_IN_A_WORKING_DAY
        ? { kind: "SAME_DAY" }
        : { kind: "WORKING_DAYS", days: Math.ceil(count / HOURS_IN_A_WORKING_DAY) };
    case "DAY":
      return { kind: "CALENDAR_DAYS", days: count };
    case "MONTH":
    case "YEAR":
      return { kind: "CALENDAR_DAYS", days: count * DAYS[unit] };
    default:
      return { kind: "WORKING_DAYS", days: UNPUBLISHED_WORKING_DAYS };
  }
}
