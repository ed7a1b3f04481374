import type { Term } from "../../clock/terms.ts";
import type { DossierDefinition, StepDefinition, Variant } from "../../definitions/definition.ts";

/** Branches that the applicant chooses from. There are two procedures of the funeral allowance, by the group of the deceased. */
export const BRANCHES = ["residence", "card", "funeral-protection", "funeral-pension"] as const;
export type DeathBranch = (typeof BRANCHES)[number];

const SAME_DAY: Term = { quantity: 1, unit: "WORKING_DAY_SAME" };
const days = (quantity: number): Term => ({ quantity, unit: "WORKING_DAY" });

/** A branch after the registration. Its term is that of the procedure alone, since no source states one within the group. */
type Branch = Pick<StepDefinition, "key" | "agency" | "procedure" | "term" | "checkable" | "officer"> & {
  optionalFor: DeathBranch;
};
const branch = (definition: Branch): StepDefinition => ({
  ...{ part: true, dependsOn: ["DEATH"], effect: "CORRECTABLE", feeVnd: 0 },
  ...definition,
});
const BY_OFFICER = { checkable: false, officer: true } as const;

/** The registration of the death, then the branches in parallel. */
const STEPS: readonly StepDefinition[] = [
  {
    ...{ key: "DEATH", part: true, agency: "CIVIL_STATUS", procedure: "1.000656", dependsOn: [], effect: "LEGAL_FACT" },
    ...{ term: SAME_DAY, feeVnd: 0 },
  },
  branch({
    ...{ key: "RESIDENCE", agency: "RESIDENCE", procedure: "1.003197", term: days(5) },
    optionalFor: "residence",
  }),
  branch({
    ...{ key: "CARD", agency: "HEALTH_INSURANCE", procedure: "1.002759", term: days(3) },
    optionalFor: "card",
  }),
  branch({
    ...{ key: "FUNERAL_PROTECTION", agency: "ONE_STOP", procedure: "1.001731", term: days(3), ...BY_OFFICER },
    optionalFor: "funeral-protection",
  }),
  branch({
    ...{ key: "FUNERAL_PENSION", agency: "ONE_STOP", procedure: "1.014028", term: days(3), ...BY_OFFICER },
    optionalFor: "funeral-pension",
  }),
];

const PARTS: Record<DeathBranch, readonly [vi: string, en: string]> = {
  residence: ["xóa đăng ký thường trú", "strike-off of the residence"],
  card: ["khóa thẻ bảo hiểm y tế", "closing of the health-insurance card"],
  "funeral-protection": ["trợ cấp mai táng", "funeral allowance"],
  "funeral-pension": ["trợ cấp mai táng", "funeral allowance"],
};

function titleWith(branches: readonly DeathBranch[]) {
  const named = branches.map((name) => PARTS[name]);
  return {
    name: ["Liên thông điện tử: đăng ký khai tử", ...named.map(([vi]) => vi)].join(", "),
    nameEn: ["Registration of a death", ...named.map(([, en]) => en)].join(", "),
  };
}

const ALLOWANCES: readonly (DeathBranch | null)[] = [null, "funeral-protection", "funeral-pension"];

/** All choices of at least one branch, with at most one of the allowances. */
function choices(): DeathBranch[][] {
  const others: DeathBranch[][] = [[], ["residence"], ["card"], ["residence", "card"]];
  const all = others.flatMap((chosen) => ALLOWANCES.map((funeral) => (funeral ? [...chosen, funeral] : chosen)));
  return all.filter((chosen) => chosen.length > 0);
}

function variantsOf(code: string): Variant[] {
  return choices().map((chosen) => ({
    without: BRANCHES.filter((name) => !chosen.includes(name)),
    ...{ code, ...titleWith(chosen), certainty: "unsure" },
  }));
}

/**
 * Versions of the death bundle. Append only: a dossier pins a version, so a change is a new entry with the next `version`.
 * Sources: Decree 63/2024/NĐ-CP (B), Decree 301/2026/NĐ-CP (C). The group has no limit of its own: it depends on the allowance.
 */
export const DEATH_VERSIONS: readonly DossierDefinition[] = [
  {
    ...{ id: "death", domain: "interlinked", version: 1, regime: "death-B", code: "2.002622" },
    ...titleWith(["residence", "card", "funeral-protection"]),
    ...{ certainty: "likely", validFrom: "2024-07-01", steps: STEPS, variants: variantsOf("2.002622") },
  },
  {
    ...{ id: "death", domain: "interlinked", version: 2, regime: "death-C", code: "2.002913" },
    ...titleWith(["residence", "card", "funeral-protection"]),
    ...{ certainty: "unsure", validFrom: "2026-09-01", steps: STEPS, variants: variantsOf("2.002913") },
  },
];
