import type { HealthInsuranceContext } from "../loaders.ts";
import type { HeldCard } from "./loaders.ts";

/** Records in the access log that the holder's data were read. */
export function shown(card: HeldCard | null, ctx: HealthInsuranceContext): HeldCard | null {
  if (card) ctx.access.read(card.holder, card.dossier);
  return card;
}
