import { uuidv7 } from "uuidv7";
import { families } from "../_shared/demo/population.ts";
import type { LegalDay } from "../_shared/reference/days.ts";

/** Place, among the families, of the one that has the enterprise. */
const FAMILY = 5;
/** A code of the synthetic range, which no province has. */
const CODE = "9900000016";

/** The enterprise (công ty TNHH) of a couple, which he represents, and its branch, which she heads. */
export function demoEnterprise() {
  const family = families()[FAMILY];
  if (!family) throw new Error("The population has too few families for the enterprise of the demo");
  const { father, mother, household } = family;
  const id = uuidv7();
  const registeredOn = "2024-03-15" as LegalDay;
  const place = { communeCode: household.commune, addressLine: household.addressLine, registeredOn, industry: "1071" };
  const enterprise = {
    ...{ ...place, id, code: CODE, parentId: null, person: father, role: "REPRESENTATIVE" as const },
    ...{ kind: "ENTERPRISE" as const, form: "LLC" as const, capital: 1_000_000_000 },
    ...{ name: "Công ty TNHH Bánh mì Mẫu", foreignName: "Sample Bread Company Limited", shortName: "BÁNH MÌ MẪU" },
    ...{ suspendedFrom: null, suspendedTo: null },
  };
  const branch = {
    ...{ ...place, id: uuidv7(), code: `${CODE}-001`, parentId: id, person: mother, role: "HEAD" as const },
    ...{ kind: "BRANCH" as const, form: null, capital: null },
    ...{ name: "Chi nhánh Công ty TNHH Bánh mì Mẫu", foreignName: null, shortName: null },
    ...{ suspendedFrom: "2026-10-01" as LegalDay, suspendedTo: "2027-03-31" as LegalDay },
  };
  return [enterprise, branch];
}
