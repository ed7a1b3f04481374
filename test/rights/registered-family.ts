import { type FamilyInput, families, familyInputs } from "../../subgraphs/_shared/demo/population.ts";
import { shop } from "../../subgraphs/business/demo-shops.ts";
import { landHoldings } from "../../subgraphs/land/demo-holdings.ts";
import { serial } from "../kit/serial-numbers.ts";

/** Next unused couple whose mother has a licensed shop and land: a right on a field of a list needs an element to be refused. */
export function aRegisteredFamily(): FamilyInput {
  const ordinals = families().flatMap((family, ordinal) => {
    const ownShop = shop(family);
    const isOwner = ownShop?.owner === "mother" && ownShop.licences.length > 0;
    return isOwner && landHoldings(family)?.holders.includes("mother") ? [ordinal] : [];
  });
  // from the end of the list, because other tests take couples from its beginning
  const [family] = familyInputs(1, ordinals.at(-1 - serial("registered family")) ?? Number.NaN);
  if (!family) throw new Error("The couples with a shop and land are used up");
  return family;
}
