import type { BirthStep } from "../../../subgraphs/one-stop/bundles/birth/birth-versions.ts";
import type { Ledger } from "../ledger.ts";
import type { EntryFact, Registers, StepFact, SystemFacts } from "../system-facts.ts";
import { type Violation, violationsOf } from "../violation.ts";

/** Register in which a granted step creates an entry; the notice of the number creates a version of the birth. */
const REGISTER_OF: Partial<Record<BirthStep, keyof Registers>> = {
  BIRTH: "births",
  PERSONAL_NUMBER: "persons",
  RESIDENCE: "residencies",
  INSURANCE: "cards",
};

export function noDuplicates({ duplicates, registers, dossiers }: SystemFacts): Violation[] {
  const codes = new Map<string, number>();
  for (const name of Object.keys(registers) as (keyof Registers)[]) {
    for (const { dossier } of registers[name])
      codes.set(`${name} of ${dossier}`, (codes.get(`${name} of ${dossier}`) ?? 0) + 1);
  }
  const perDossier = [...codes].map(([what, times]) => (times > 1 ? `${times} ${what}` : null));
  return violationsOf("single", [...duplicates, ...perDossier, ...twoOpenDossiers(dossiers)]);
}

/** Checks that at most one dossier of a child has a granted birth. */
function twoOpenDossiers(dossiers: SystemFacts["dossiers"]): (string | null)[] {
  const granted = new Map<string, string>();
  return dossiers.map(({ code, outcome, request }) => {
    const notice = request.child.birthNotice;
    if (notice === null || outcome === null || outcome === "REFUSED") return null;
    const other = granted.get(notice);
    granted.set(notice, code);
    return other ? `${code} and ${other} are both granted for the child of notice ${notice}` : null;
  });
}

export function grantsHaveEntries(facts: SystemFacts): Violation[] {
  const entries = entriesByPart(facts.registers);
  const births = new Map(facts.registers.births.map((birth) => [birth.dossier, birth]));
  const codes = new Map(facts.dossiers.map(({ id, code }) => [id, code]));
  const numbers = new Map(facts.steps.map((step) => [`${step.dossierId} ${step.key}`, step.facts?.personalId]));
  const missing = (step: StepFact): string | null => {
    const code = codes.get(step.dossierId) ?? "?";
    const name = `${step.key} of ${code} is granted`;
    const number = numbers.get(`${step.dossierId} PERSONAL_NUMBER`);
    if (step.key === "NUMBER_NOTICE")
      return births.get(code)?.personalId === number ? null : `${name}, and the birth has another number`;
    const register = REGISTER_OF[step.key];
    const entry = entries.get(step.id);
    if (!entry || entry.register !== register) return `${name}, and ${register} has no entry of it`;
    if (entry.dossier !== code) return `${name}, and its entry came by ${entry.dossier}`;
    if (step.part && entry.id !== step.resultId) return `${name} as ${step.resultId}, and its entry is ${entry.id}`;
    if (step.key === "PERSONAL_NUMBER" && entry.citizenId !== births.get(code)?.citizenId)
      return `${name} to another citizen than the birth's`;
    return step.key === "BIRTH" || entry.personalId === number ? null : `${name} for another number than the child's`;
  };
  return violationsOf(
    "granted",
    facts.steps.map((step) => (step.state === "GRANTED" ? missing(step) : null)),
  );
}

/** Expected codes of refusals, by a fault mode, an officer's decision or the end of a term. All requests are correct. */
const EXPECTED_REFUSALS = new Set<string | null>([
  ...["REFUSED_ON_DEMAND", "PAPERS_NOT_SUBMITTED", "REFUSED_BY_OFFICER", "SUPPLEMENT_UNANSWERED"],
]);

export function refusalsExpected({ steps }: SystemFacts): Violation[] {
  return violationsOf(
    "refusals",
    steps.map(({ key, id, agency, state, refusal }) =>
      state === "REFUSED" && !EXPECTED_REFUSALS.has(refusal)
        ? `${key} ${id} is refused by ${agency} for ${refusal}`
        : null,
    ),
  );
}

/** Checks that desk and agency have the same state of each part; an unsent part is unknown to its agency. */
export function statesAgree({ steps, received }: SystemFacts): Violation[] {
  const kept = new Map(received.map((part) => [part.partId, part]));
  return violationsOf(
    "agreement",
    steps.map(({ id, key, agency, state, resultId }) => {
      const part = kept.get(id);
      const found = part ? part.state : "unknown";
      if (state === "BLOCKED" || state === "NOT_APPLICABLE")
        return part ? `${key} ${id} is ${state} here and ${found} at ${agency}` : null;
      // a withdrawn dossier cancels what was never sent without its agency
      if (state === "CANCELLED" && !part) return null;
      if (part && part.agency !== agency) return `${key} ${id} is at ${part.agency} instead of ${agency}`;
      if (found !== state) return `${key} ${id} is ${state} here and ${found} at ${agency}`;
      return part?.resultId === resultId ? null : `${key} ${id} has another result here than at ${agency}`;
    }),
  );
}

/** Checks that every part at an agency belongs to a step of a dossier, and every register entry to a granted step. */
export function noOrphans({ steps, received, registers, dossiers }: SystemFacts, { tombstones }: Ledger): Violation[] {
  const known = new Map(steps.map((step) => [step.id, step]));
  const codes = new Set(dossiers.map(({ code }) => code));
  const cancelledBeforeDelivery = new Set(tombstones.map(({ partId }) => partId));
  const entries = [...entriesByPart(registers).values()].map(({ partId, register, dossier }) => {
    const step = known.get(partId);
    if (!step)
      return cancelledBeforeDelivery.has(partId)
        ? null
        : `${register} has an entry of part ${partId}, which no dossier has`;
    if (REGISTER_OF[step.key] !== register) return `${register} has an entry of ${step.key} ${partId}`;
    if (step.state !== "GRANTED") return `${register} has an entry of ${step.key} ${partId}, which is ${step.state}`;
    return dossier !== null && codes.has(dossier)
      ? null
      : `${register} has an entry by ${dossier}, which does not exist`;
  });
  const parts = received.map(({ partId, agency, state }) =>
    known.has(partId) || cancelledBeforeDelivery.has(partId)
      ? null
      : `${agency} has a part ${partId}, ${state}, which no dossier has`,
  );
  return violationsOf("orphans", [...entries, ...parts]);
}

export function tombstonesKept({ received, registers, steps }: SystemFacts, { tombstones }: Ledger): Violation[] {
  const kept = new Map(received.map((part) => [part.partId, part.state]));
  const entries = entriesByPart(registers);
  const cancelledBeforeDelivery = tombstones.map(({ partId, agency }) =>
    kept.get(partId) === "CANCELLED" && !entries.has(partId)
      ? null
      : `part ${partId} was cancelled and then delivered late; at ${agency} it is ${kept.get(partId) ?? "unknown"}`,
  );
  const cancelled = steps.map(({ id, key, state }) =>
    state === "CANCELLED" && entries.has(id) ? `${key} ${id} is cancelled and has an entry` : null,
  );
  return violationsOf("tombstones", [...cancelledBeforeDelivery, ...cancelled]);
}

function entriesByPart(registers: Registers): Map<string, EntryFact & { register: keyof Registers }> {
  const all = (Object.keys(registers) as (keyof Registers)[]).flatMap((register) =>
    registers[register].map((entry) => ({ ...entry, register })),
  );
  return new Map(all.map((entry) => [entry.partId, entry]));
}
