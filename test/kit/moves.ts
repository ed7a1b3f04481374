import { type FamilyInput, families } from "../../subgraphs/_shared/demo/population.ts";
import { facilitiesOf } from "../../subgraphs/_shared/reference/sample-facilities.ts";
import { shop } from "../../subgraphs/business/demo-shops.ts";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aFamily } from "../given.ts";
import { serial } from "./serial-numbers.ts";

const RESIDENCE = "1.004222";

/** Form of 1.004222 for a seeded person who leaves the household of the spouse for a household of the person's own. */
export function aMove() {
  const { mother, father, household } = aFamily();
  const { fullName, dateOfBirth, personalId } = household.headPersonalId === mother.personalId ? father : mother;
  return {
    ...procedureForm(RESIDENCE).example,
    ...{ person: { fullName, dateOfBirth, personalId }, newAddress: { line: "Số 9, đường Mẫu", commune: "00004" } },
    ...{ dwelling: "OWNED", headName: fullName, headPersonalId: personalId, relationToHead: "HEAD", members: [] },
  };
}

/** Commune to which people of the tests move. */
export const NEW_COMMUNE = "00004";
const NEW_FACILITY = facilitiesOf(NEW_COMMUNE)[0]?.code ?? "";

type Relation = string | null;
const UNSAID = {
  headPersonalId: null as string | null,
  headName: null as string | null,
  relationToHead: null as Relation,
};

/** Request of a seeded couple that moves as a whole: the head of the household first, who heads the new one. */
export function aMoveRequest({ mother, father, household }: FamilyInput = aFamily()) {
  const isMothers = household.headPersonalId === mother.personalId;
  const [head, spouse] = isMothers ? [mother, father] : [father, mother];
  const named = ({ fullName, personalId }: { fullName: string; personalId: string }) => ({ fullName, personalId });
  return {
    ...{ office: "31471", channel: "DESK", declarant: { ...named(head), phone: "0912345678" }, person: named(head) },
    members: [{ ...named(spouse), relationToHead: (isMothers ? "HUSBAND" : "WIFE") as Relation }],
    permanentResidence: {
      address: { line: "Số 9, đường Mẫu", commune: NEW_COMMUNE },
      ...{ dwelling: "OWNED", hasConsent: true, newHeads: null as object[] | null, ...UNSAID },
    } as MovePermanent | null,
    temporaryResidence: null as MoveTemporary | null,
    careFacility: { facility: NEW_FACILITY } as { facility: string } | null,
    business: null as { code: string; address: { line: string; commune: string } | null } | null,
    handover: { method: "ELECTRONIC" },
  };
}

type MoveAddress = { address: { line: string; commune: string }; dwelling: string };
type MovePermanent = MoveAddress & { hasConsent: boolean; newHeads: object[] | null } & typeof UNSAID;
type MoveTemporary = MoveAddress & { until: string };

/** The same of a couple whose head owns a shop that moves, too, with licences or without any. */
export function aMoveWithShop(hasLicences = false) {
  for (;;) {
    const family = families()[serial("family of a shop")];
    if (!family) throw new Error("The seeded families with shops are used up");
    const found = shop(family);
    const request = found?.owner === family.household.head && found.licences.length > 0 === hasLicences;
    if (found && request) return { ...aMoveRequest(inputOf(family)), business: { code: found.code, address: null } };
  }
}

function inputOf({ mother, father, household }: ReturnType<typeof families>[number]): FamilyInput {
  const { addressLine: line, commune, head } = household;
  const headPersonalId = (head === "mother" ? mother : father).personalId;
  return { mother, father, household: { headPersonalId, address: { line, commune } } } as FamilyInput; // the same facts
}
