import type { Term } from "../../clock/terms.ts";
import type { DossierDefinition, StepDefinition, Variant } from "../../definitions/definition.ts";
import { procedureOf } from "../../procedures/catalogue.ts";
import type { MoveRequest } from "./move-request.ts";

/** Branches that the applicant chooses from, beside the residence. */
export const BRANCHES = ["care-facility", "business"] as const;
export type MoveBranch = (typeof BRANCHES)[number];
/** Registration with which a dossier begins; null for a change of what depends on an address alone. */
export type MoveBegin = NonNullable<MoveRequest["residence"]>["kind"] | null;

const days = (quantity: number): Term => ({ quantity, unit: "WORKING_DAY" });

/** A part with the term and the fees of its procedure alone, since no source states others within a group. */
type Part = Pick<StepDefinition, "key" | "agency" | "procedure" | "dependsOn" | "effect" | "term" | "optionalFor">;
const part = (definition: Part): StepDefinition => ({
  ...{ part: true, feeVnd: 0, fees: procedureOf(definition.procedure)?.fees ?? [] },
  ...definition,
});

type Begin = { kind: MoveBegin; procedure: string; domain: string; term: Term; vi: string; en: string };

/** The order gives the versions their numbers: append only. */
const BEGINS: readonly Begin[] = [
  {
    ...{ kind: "PERMANENT", procedure: "1.004222", domain: "residence", term: days(7) },
    ...{ vi: "đăng ký thường trú", en: "permanent residence" },
  },
  {
    ...{ kind: "TEMPORARY", procedure: "1.004194", domain: "residence", term: days(3) },
    ...{ vi: "đăng ký tạm trú", en: "temporary residence" },
  },
  { kind: null, procedure: "1.002759", domain: "health_insurance", term: days(3), vi: "", en: "" },
];

const PARTS: Record<MoveBranch, readonly [vi: string, en: string]> = {
  "care-facility": ["đổi nơi đăng ký khám chữa bệnh ban đầu", "facility of first care"],
  business: ["thay đổi địa chỉ hộ kinh doanh", "address of the household business"],
};

/** Residence first; the other parts follow from it in parallel. Without it they begin at once. */
function stepsOf({ kind, procedure, term }: Begin): StepDefinition[] {
  const dependsOn = kind ? ["RESIDENCE"] : [];
  const residence = part({
    ...{ key: "RESIDENCE", agency: "RESIDENCE", procedure, dependsOn: [], effect: "CORRECTABLE", term },
  });
  return [
    ...(kind ? [residence] : []),
    part({
      ...{ key: "CARE_FACILITY", agency: "HEALTH_INSURANCE", procedure: "1.002759", dependsOn, effect: "CORRECTABLE" },
      ...{ term: days(3), optionalFor: "care-facility" },
    }),
    part({
      ...{ key: "BUSINESS", agency: "BUSINESS", procedure: "2.000720", dependsOn, effect: "CORRECTABLE" },
      ...{ term: days(3), optionalFor: "business" },
    }),
  ];
}

function titleOf({ vi, en }: Begin, branches: readonly MoveBranch[]) {
  const named = branches.map((name) => PARTS[name]);
  return {
    name: `Chuyển nơi ở: ${[vi, ...named.map(([each]) => each)].filter(Boolean).join(", ")}`,
    nameEn: `Moving house: ${[en, ...named.map(([, each]) => each)].filter(Boolean).join(", ")}`,
  };
}

const CHOICES: readonly (readonly MoveBranch[])[] = [["care-facility"], ["business"], []];

/** Code of the procedure that comes first, because no combined one is published. */
function codeOf({ kind, procedure }: Begin, [first]: readonly MoveBranch[]): string {
  return kind === null && first === "business" ? "2.000720" : procedure;
}

function variantsOf(begin: Begin): Variant[] {
  return CHOICES.map((chosen) => ({
    without: BRANCHES.filter((name) => !chosen.includes(name)),
    ...{ code: codeOf(begin, chosen), ...titleOf(begin, chosen), certainty: "unsure" },
  }));
}

/**
 * Versions of the moving bundle, one for each way to begin. Append only: a dossier pins a version. They begin on the day since which
 * addresses have the communes of today.
 */
export const MOVE_VERSIONS: readonly DossierDefinition[] = BEGINS.map((begin, index) => ({
  ...{ id: "move", domain: begin.domain, version: index + 1, regime: `move-${begin.kind ?? "ADDRESS"}` },
  ...{ code: begin.procedure, ...titleOf(begin, BRANCHES), certainty: "unsure", validFrom: "2025-07-01" },
  ...{ steps: stepsOf(begin), variants: variantsOf(begin) },
}));

/** Versions by which a request is decided. */
export function versionsFor({ residence }: Pick<MoveRequest, "residence">): readonly DossierDefinition[] {
  return MOVE_VERSIONS.filter(({ regime }) => regime === `move-${residence?.kind ?? "ADDRESS"}`);
}
