import { commonFacts } from "../acceptance/common-facts.ts";
import type { DossierRow, StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { toneOf } from "../messages/texts/tone.ts";

export type Occasion = "BIRTH" | "DEATH";
type Letter = { occasion: Occasion; about: string; at: Date | string };

/** Registration that a letter follows, by its occasion. */
const REGISTRATIONS: Record<Occasion, readonly string[]> = { BIRTH: ["1.001193", "1.000689"], DEATH: ["1.000656"] };

/** Letter of a dossier; null where its office sends none, or nothing was registered that one follows. */
export async function letterOf(dossier: DossierRow, ctx: OneStopContext): Promise<Letter | null> {
  const { configuration, kinds } = ctx.loaders.desk();
  if (!configuration.letterOffices(dossier.office)) return null;
  const { id, definitionId, definitionVersion, procedureCode } = dossier;
  const procedureName = dossier.procedureName ?? kinds.pinned(definitionId, definitionVersion).definition.name;
  const occasion = toneOf({ definitionId, procedureCode, procedureName });
  if (occasion === "PLAIN") return null;
  const registered = (await ctx.loaders.stepsByDossier.load(id)).find((step) => isRegistration(step, occasion));
  if (!registered?.completedAt) return null;
  const about = occasion === "BIRTH" ? dossier.subjectName : await deceasedOf(id, ctx);
  return about === null ? null : { occasion, about, at: registered.completedAt };
}

function isRegistration({ state, procedure }: StepRow, occasion: Occasion): boolean {
  return state === "GRANTED" && REGISTRATIONS[occasion].includes(procedure);
}

/** Name in the form of a registration of a death; its subject may be the declarant. */
async function deceasedOf(dossierId: string, { loaders }: OneStopContext): Promise<string | null> {
  const { form } = commonFacts(await loaders.requestByDossier.load(dossierId));
  const deceased = form?.deceased;
  if (typeof deceased !== "object" || deceased === null || !("fullName" in deceased)) return null;
  return typeof deceased.fullName === "string" ? deceased.fullName : null;
}
