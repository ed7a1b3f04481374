import { DEFAULT_COMMUNE, type FamilyInput } from "../../subgraphs/_shared/demo/population.ts";
import { facilitiesOf } from "../../subgraphs/_shared/reference/sample-facilities.ts";

/** Commune of the demo to which people move. */
const NEW_COMMUNE = "00004";

/** Request of a couple that moves to another province and has its first care there. */
export function moveOf({ mother, father, household }: FamilyInput) {
  const isMothers = household.headPersonalId === mother.personalId;
  const [head, spouse] = isMothers ? [mother, father] : [father, mother];
  const named = ({ fullName, personalId }: FamilyInput["mother"]) => ({ fullName, personalId });
  return {
    ...{ office: DEFAULT_COMMUNE, channel: "DESK", declarant: { ...named(head), phone: "0912345678" } },
    ...{ person: named(head), members: [{ ...named(spouse), relationToHead: isMothers ? "HUSBAND" : "WIFE" }] },
    permanentResidence: {
      ...{ address: { line: "Số 9, đường Mẫu", commune: NEW_COMMUNE }, dwelling: "OWNED", hasConsent: true },
    },
    careFacility: { facility: facilitiesOf(NEW_COMMUNE)[0]?.code ?? "" },
    handover: { method: "DESK" },
  };
}
