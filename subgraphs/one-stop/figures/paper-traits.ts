import { type CommonFacts, commonFacts } from "../acceptance/common-facts.ts";
import { paperOf } from "../procedures/papers.ts";
import { PAPER_TRAITS } from "./rate-rules.ts";

/** Traits of a new dossier's papers that rates count, as the sum of `PAPER_TRAITS`. */
export function paperTraits(request: unknown): number {
  const { papers = [], lookedUpPapers } = commonFacts(request as object); // acceptance alone makes requests
  const lookedUp = lookedUpPapers ?? [];
  const isHeld = (code: string) => Boolean(paperOf(code)?.heldBy && paperOf(code)?.isLookedUp);
  const heldBrought = papers.filter(({ code }) => isHeld(code));
  const traits: Record<keyof typeof PAPER_TRAITS, boolean> = {
    brought: papers.length > 0,
    digitised: papers.every(isDigital),
    held: lookedUp.length + heldBrought.length > 0,
    reused: heldBrought.length === 0 && lookedUp.every(({ state }) => state === "FOUND"),
  };
  const names = Object.keys(PAPER_TRAITS) as (keyof typeof PAPER_TRAITS)[]; // the keys of the record are its key type
  return names.reduce((sum, name) => (traits[name] ? sum + PAPER_TRAITS[name] : sum), 0);
}

function isDigital({ attachment }: NonNullable<CommonFacts["papers"]>[number]): boolean {
  return Boolean(attachment);
}
