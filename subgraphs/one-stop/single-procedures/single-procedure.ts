import { fault } from "../../_shared/reference/identifiers/parsed.ts";
import type { SubmittableKind } from "../acceptance/application.ts";
import { TERM_UNITS, type Term } from "../clock/terms.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import { type ProcedureVersion, versionsOf } from "../procedures/catalogue.ts";
import type { ProcedureRow } from "../procedures/types.ts";
import { isDecidedByAgency } from "./decided-procedures.ts";
import type { FormReading } from "./form-readings/form-reading.ts";
import type { DossierInput } from "./input.ts";
import { formReading, officersContent } from "./part-contents.ts";
import { readDossier, type SingleRequest } from "./read-dossier.ts";
import { lookUpPapers } from "./required-papers.ts";

/** Term if the catalogue publishes none; Decree 118/2025/NĐ-CP leaves it to the procedure. */
const UNPUBLISHED: Term = { quantity: 10, unit: "WORKING_DAY" };

/** Key of the step that an agency decides by its own rules. */
const AUTOMATIC = "AUTOMATIC";

const kinds = new Map<string, SubmittableKind<DossierInput, SingleRequest>>();

/** Kind of the dossiers of one procedure of the catalogue; null if there is no such procedure. */
export function singleProcedure(code: string): SubmittableKind<DossierInput, SingleRequest> | null {
  const known = kinds.get(code);
  if (known) return known;
  const published = versionsOf(code);
  if (published.length === 0) return null;
  const reading = isDecidedByAgency(code) ? formReading(code) : null;
  const kind: SubmittableKind<DossierInput, SingleRequest> = {
    id: code,
    versions: published.flatMap((version, index) => definitionsOf(version, index, reading !== null)),
    contentFor: (step, request) => (step === AUTOMATIC ? reading?.content(request) : null) ?? officersContent(request),
    read: readDossier,
    complete: (request, enquiry, problems) => lookUpPapers(code, request, enquiry, problems),
    versionsFor: (request) =>
      reading && canDecide(reading, request) ? kind.versions : kind.versions.filter(isByOfficers),
    leftOut: () => [],
    application: ({ office, channel, declarant, handover, filledBy, subjectName, papers }) => ({
      attachments: papers.flatMap(({ attachment }) => attachment ?? []),
      ...{ office, channel, applicant: declarant, subjectName, handover, filledBy, parties: [] },
    }),
    duplicate: { path: [], codeOfAgency: "", fault: () => fault("DUPLICATE", "Hồ sơ đã có", "The dossier exists") },
    ...(reading && { pathOf: reading.pathOf, ...reading.sameCase }),
    ...(reading?.officeOf && {
      officeOf: (step, request) => (step === AUTOMATIC ? (reading.officeOf?.(request) ?? null) : null),
    }),
  };
  kinds.set(code, kind);
  return kind;
}

/** True if the agency's own rules can decide: the form has what they need, and a paper that nobody has seen is asked for by a person. */
function canDecide(reading: FormReading, request: SingleRequest): boolean {
  const { lookedUpPapers = [] } = request;
  return lookedUpPapers.every(({ state }) => state === "FOUND") && reading.content(request) !== null;
}

/** Two numbers for each published version, so that a dossier finds the version of its day: officers decide, or the agency. */
function definitionsOf(published: ProcedureVersion, index: number, isAutomatic: boolean): DossierDefinition[] {
  const byOfficers = definitionOf(published, 2 * index + 1);
  return isAutomatic ? [byOfficers, automaticVersion(byOfficers)] : [byOfficers];
}

function definitionOf(
  { code, name, agency, domain, facts, validFrom, fees }: ProcedureVersion,
  version: number,
): DossierDefinition {
  return {
    ...{
      id: code,
      version,
      domain,
      regime: code,
      code,
      name,
      nameEn: name,
      certainty: "sure",
      validFrom: validFrom ?? "2000-01-01",
    },
    steps: [
      {
        ...{ key: "PROCEDURE", part: true, agency, procedure: code, dependsOn: [], effect: "LEGAL_FACT" },
        ...{ term: termOf(facts.processingTime), feeVnd: 0, fees, checkable: false, officer: true },
      },
    ],
  };
}

/** The agency decides the part by its own rules, and leaves it to its officers where it has to look. */
function automaticVersion(byOfficers: DossierDefinition): DossierDefinition {
  return {
    ...{ ...byOfficers, version: byOfficers.version + 1 },
    steps: byOfficers.steps.map((step) => ({ ...step, key: AUTOMATIC, checkable: true, officer: false })),
  };
}

function isByOfficers({ steps }: DossierDefinition): boolean {
  return steps.every(({ key }) => key !== AUTOMATIC);
}

/** Published term as the clock counts it. */
export function termOf({ quantity, unit }: ProcedureRow["facts"]["processingTime"]): Term {
  const known = TERM_UNITS.find((each) => each === unit);
  return known ? { quantity: quantity ?? 1, unit: known } : UNPUBLISHED;
}
