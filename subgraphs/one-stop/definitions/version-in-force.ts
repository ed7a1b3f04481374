import type { DossierDefinition } from "./definition.ts";

/**
 * Version in force on a day of receipt: the newest, then the highest; null if none was in force yet.
 *
 * @param receiptDay legal day of receipt `yyyy-MM-dd` in Asia/Ho_Chi_Minh; the 15:00 rule moves terms, not the law in force
 */
export function versionInForce(versions: readonly DossierDefinition[], receiptDay: string): DossierDefinition | null {
  const inForce = versions.filter(({ validFrom }) => validFrom <= receiptDay);
  return inForce.reduce<DossierDefinition | null>(
    (best, next) => (best !== null && best.validFrom > next.validFrom ? best : next),
    null,
  );
}

/**
 * Definition without the branches that are left out, with the title and the limits of that variant.
 *
 * @param codeOverrides codes by regime, such as `C`, and by variant, such as `C-without-residence`
 */
export function withoutBranches(
  definition: DossierDefinition,
  leftOut: readonly string[],
  codeOverrides: Readonly<Record<string, string>> = {},
): DossierDefinition {
  const steps = definition.steps.filter(({ optionalFor }) => !optionalFor || !leftOut.includes(optionalFor));
  const variant = definition.variants?.find(({ without }) => sameBranches(without, leftOut));
  const named = codeOverrides[[definition.regime, ...leftOut.map((branch) => `without-${branch}`)].join("-")];
  const whole = codeOverrides[definition.regime];
  // A variant that shares the code of the whole definition also takes its correction.
  const code = named ?? (variant === undefined || variant.code === definition.code ? whole : undefined);
  return { ...definition, ...variant, ...(code === undefined ? {} : { code }), steps };
}

/** Branches of a definition that a dossier with these steps leaves out. */
export function branchesLeftOut(definition: DossierDefinition, stepKeys: readonly string[]): string[] {
  const absent = definition.steps.filter(({ key }) => !stepKeys.includes(key));
  return [...new Set(absent.flatMap(({ optionalFor }) => optionalFor ?? []))];
}

/** The definition of a dossier that has these steps. */
export function definitionOfSteps(definition: DossierDefinition, stepKeys: readonly string[]): DossierDefinition {
  return withoutBranches(definition, branchesLeftOut(definition, stepKeys));
}

function sameBranches(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((branch) => b.includes(branch));
}
