import { type FamilyInput, families, familyInputs, type SeededFamily } from "../subgraphs/_shared/demo/population.ts";
import { demoEnterprise } from "../subgraphs/business/demo-enterprise.ts";
import { shop } from "../subgraphs/business/demo-shops.ts";
import { landHoldings } from "../subgraphs/land/demo-holdings.ts";
import type { ResponseJson } from "./kit/response-json.ts";
import { serial } from "./kit/serial-numbers.ts";
import { type Answer, clerk, contract, type Persona, type World } from "./world.ts";

/** Next unused seeded couple of the default commune. */
export function aFamily(): FamilyInput {
  const [family] = familyInputs(1, serial("family"));
  if (!family) throw new Error("The seeded families are used up");
  return family;
}

export function aBirthNotice(): string {
  return `${String(10_000 + serial("birth notice"))}.GCS.93012.26`;
}

export type BirthInput = ReturnType<typeof aBirthRequest>;

/** Request like the contract's sample, with an unused couple and birth notice. */
export function aBirthRequest(family: FamilyInput = aFamily()) {
  const { mother, father, household } = family;
  return {
    office: "31471",
    channel: "DESK",
    declarant: {
      fullName: mother.fullName,
      personalId: mother.personalId as string | null,
      relation: "MOTHER",
      phone: "0912345678" as string | null,
      email: null as string | null,
    },
    child: {
      fullName: "Phạm Minh Khôi",
      sex: "MALE",
      dateOfBirth: "2026-11-16",
      placeOfBirth: { facilityName: "Trung tâm Y tế khu vực (mẫu)" as string | null, commune: "31471" },
      ethnicity: "Kinh",
      nationality: "VNM",
      homeCommune: "31471" as string | null,
      birthNotice: aBirthNotice() as string | null,
      withoutNotice: null as { kind: string; text: string } | null,
      multipleBirth: null as { order: number; of: number } | null,
    },
    mother: { ...mother, personalId: mother.personalId as string | null },
    father: { ...father, personalId: father.personalId as string | null } as
      | (Omit<typeof father, "personalId"> & { personalId: string | null })
      | null,
    residence: {
      headPersonalId: household.headPersonalId,
      relationToHead: "CHILD",
      address: household.address,
    } as { headPersonalId: string; relationToHead: string; address: { line: string; commune: string } } | null,
    insurance: { facility: "93012" } as { facility: string } | null,
    handover: { method: "ELECTRONIC", paperCopies: 1 },
  };
}

/** The death of a seeded father, declared by his wife, with all that can follow from it. */
export function aDeathRequest() {
  const { mother, father, household } = aFamily();
  return {
    ...{ office: "31471", channel: "DESK", strikeOffResidence: true, closeCard: true },
    declarant: {
      ...{ fullName: mother.fullName, personalId: mother.personalId as string | null },
      ...{ relation: "SPOUSE", phone: "0912345678" },
    },
    deceased: {
      ...{ fullName: father.fullName, personalId: father.personalId as string | null, sex: "MALE" },
      ...{ dateOfBirth: father.dateOfBirth, ethnicity: father.ethnicity, nationality: "VNM" },
      lastResidence: household.address,
    },
    death: {
      ...{ diedOn: "2026-11-20", diedAt: "14:05" as string | null, place: household.address, cause: "Bệnh lý" },
      notice: { number: "BT-01", issuedOn: "2026-11-20", issuer: "Trung tâm Y tế khu vực (mẫu)" } as {
        number: string;
        issuedOn: string;
        issuer: string;
      } | null,
      withoutNotice: null as string | null,
    },
    newHead: (household.headPersonalId === father.personalId ? { personalId: mother.personalId } : null) as {
      personalId: string;
    } | null,
    funeralAllowance: { group: "SOCIAL_PROTECTION" } as { group: string } | null,
    handover: { method: "ELECTRONIC" },
  };
}

/** The start of an eatery by a seeded mother who has no business yet, with employees. */
export function aBusinessStart(lines: string[] = ["5610"]) {
  let { mother, household } = aFamily();
  while (owners().has(mother.personalId)) ({ mother, household } = aFamily());
  const { fullName, personalId } = mother;
  return {
    ...{ office: "31471", channel: "DESK", handover: { method: "ELECTRONIC" } },
    declarant: { fullName, personalId: personalId as string, phone: "0912345678" },
    business: {
      ...{ form: "HOUSEHOLD", code: null as string | null, name: `Quán ăn Mẫu ${personalId}`, lines },
      ...{ address: household.address, capitalVnd: 50_000_000 as number | null },
      people: [{ role: "OWNER", fullName, personalId: personalId as string }],
    },
    socialInsurance: { employees: 2, from: "2026-12-01" } as { employees: number; from: string } | null,
    licences: null as string[] | null,
  };
}

/** Personal numbers of the seeded people of a shop or of the enterprise of the demo. */
const owners = () =>
  new Set([
    ...families().flatMap((family) => shop(family)?.code ?? []),
    ...demoEnterprise().map(({ person }) => person.personalId),
  ]);

/** Next seeded couple of the default commune of which one spouse is as old as wanted. */
function aSeededFamily(fits: (family: SeededFamily) => boolean): SeededFamily {
  for (;;) {
    const family = families()[serial("family")];
    if (!family) throw new Error("The seeded families are used up");
    if (fits(family)) return family;
  }
}

const bornFrom = (year: number, { dateOfBirth }: { dateOfBirth: string }) => Number(dateOfBirth.slice(0, 4)) >= year;

/** Born so late that the register has every marriage that they can have made. */
const youngMan = ({ father }: SeededFamily) => bornFrom(1997, father);
const youngWoman = ({ mother }: SeededFamily) => bornFrom(1999, mother);

/** The man and the woman of two seeded couples, whom the register of marriages does not know. She joins his household. */
export function aMarriageRequest(whom = { husband: youngMan, wife: youngWoman }) {
  const his = aSeededFamily((family) => whom.husband(family) && family.household.head === "father");
  const hers = aSeededFamily((family) => whom.wife(family) && family.household.head === "father");
  const spouse = (person: SeededFamily["mother"], { addressLine, commune }: SeededFamily["household"]) => ({
    ...{ fullName: person.fullName, dateOfBirth: person.dateOfBirth, personalId: person.personalId },
    ...{ ethnicity: person.ethnicity, nationality: person.nationality as string, maritalStatus: "NEVER_MARRIED" },
    residence: { line: addressLine, commune },
  });
  return {
    ...{ office: "31471", channel: "DESK", declarant: { spouse: "HUSBAND", phone: "0912345678" } },
    ...{ husband: spouse(his.father, his.household), wife: spouse(hers.mother, hers.household) },
    household: {
      ...{ mover: "WIFE", code: his.household.code, relationToHead: "WIFE", hasConsent: true },
      newHead: null as { personalId: string; relations: object[] } | null,
    },
    handover: { method: "ELECTRONIC" },
  };
}

/** Seeded land that neither the population nor an earlier test has encumbered. The population's own acts are on the first four. */
const FIRST_FREE = 4;
function landOf() {
  const owned = families().flatMap((family) => {
    const land = landHoldings(family);
    return land ? [{ land, holders: land.holders.map((who) => family[who]) }] : [];
  });
  const found = owned[FIRST_FREE + serial("land")];
  if (!found) throw new Error("The seeded land is used up");
  return found;
}

/** Gift of all of a parcel by its holders to somebody who is in no register. */
export function aLandTransfer() {
  const { land, holders } = landOf();
  const [giver] = holders;
  if (!giver) throw new Error("Seeded land has holders");
  const receiver = { fullName: "Trần Thử Nhận", personalId: "093195900077", share: { numerator: 1, denominator: 1 } };
  return {
    ...{ office: "31471", channel: "DESK", handover: { method: "ELECTRONIC", paperCopies: 0 } },
    declarant: { fullName: giver.fullName, personalId: giver.personalId, phone: "0912345678" },
    contract: { kind: "GIFT", number: "01/2026", signedOn: "2026-11-20", notary: "Văn phòng công chứng mẫu" },
    land: { certificate: land.certificateSerial, parcel: land.parcelId },
    from: holders.map(({ fullName, personalId }) => ({ fullName, personalId, share: null as object | null })),
    to: [receiver],
  };
}

/** Sends a request by the contract's document; waits for the agencies by default. */
export function submit(
  world: World,
  input: BirthInput,
  {
    who = clerk,
    key = `test-${process.pid}-${serial("key")}`,
    waitMs = 10_000,
  }: { who?: Persona; key?: string; waitMs?: number } = {},
): Promise<Answer> {
  return world.ask(who, contract("submit-birth-bundle"), { input, idempotencyKey: key, waitMs });
}

/** Dossier as returned by the contract's document. */
export async function readDossier(world: World, code: string, who: Persona = clerk): Promise<Answer> {
  return world.ask(who, contract("dossier"), { code });
}

/** Polls until the dossier satisfies `wanted`; fails with its last state. */
export async function dossierThatIs(
  world: World,
  code: string,
  wanted: (dossier: ResponseJson) => boolean,
  withinMs = 20_000,
) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const { data } = await readDossier(world, code);
    if (data?.dossier && wanted(data.dossier)) return data.dossier;
    if (Date.now() > deadline) throw new Error(`It did not come to that: ${JSON.stringify(data?.dossier)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
