import { expect, it } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { landHoldings, type SeededLand } from "../../subgraphs/land/demo-holdings.ts";
import { dossierThatIs } from "../given.ts";
import { type DossierData, isDone, partOf, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const PROCEDURE = "1.013831";
const PAPERS = ["LAND_CHANGE_APPLICATION", "LAND_CERTIFICATE", "LAND_TRANSFER_CONTRACT"];
/** The population mortgages the third parcel, and the fourth has paid for a change. */
const [, , MORTGAGED, , FREE, OTHER] = families().flatMap((family) => {
  const land = landHoldings(family);
  return land?.holders[0] ? [{ land, holder: family[land.holders[0]] }] : [];
});
if (!MORTGAGED || !FREE || !OTHER) throw new Error("The population has too little land");

type Holding = { land: SeededLand; holder: { fullName: string; personalId: string; dateOfBirth: string } };
const aKey = () => `land-${process.pid}-${serial("key")}`;
const TRANSFEREE = { fullName: "Trần Văn Mẫu", dateOfBirth: "1988", personalId: "093088000023" };

async function submit({ land, holder }: Holding, more: object = {}): Promise<DossierData> {
  const { fullName, personalId, dateOfBirth } = holder;
  const input = {
    ...{ procedure: PROCEDURE, office: "31471", channel: "DESK", handover: { method: "DESK" } },
    papers: PAPERS.map((code) => ({ code, kind: "ORIGINAL" })),
    declarant: { fullName, personalId, phone: "0912345678" },
    form: {
      ...{ transferor: { fullName, dateOfBirth, personalId }, transferee: TRANSFEREE },
      ...{ certificate: land.certificateSerial, case: "GIFT", contractNumber: "01/2026", contractDate: "2026-11-20" },
      parcel: { commune: land.commune, sheet: land.sheetNo, number: land.parcelNo, areaM2: land.areaM2 },
      ...more,
    },
  };
  const variables = { input, idempotencyKey: aKey(), waitMs: 5_000 };
  return (await world.current.ask(clerk, contract("submit-dossier"), variables)).data.submitDossier;
}

async function decide(code: string, decision: object, persona = "land-officer"): Promise<DossierData> {
  const waiting = await dossierThatIs(world.current, code, (found) => partOf(found, PROCEDURE).state === "PROCESSING");
  const variables = { part: partOf(waiting, PROCEDURE).id, decision, idempotencyKey: aKey() };
  const { data, errors } = await world.current.ask({ persona }, contract("decide-part"), variables);
  expect(errors).toBeUndefined();
  return data.decidePart;
}

const GRANT = { grant: { facts: {} } };
const holdersOf = async (parcel: string): Promise<string[]> => {
  const query = "query ($parcel: ID!) { landParcel(code: $parcel) { certificate { holders { fullName } } } }";
  const { data } = await world.current.ask({ persona: "land-officer" }, query, { parcel });
  return data.landParcel.certificate.holders.map(({ fullName }: DossierData) => fullName);
};

it("a dossier of a gift of land is granted by a land officer, who looks at the contract, and changes the holders", async () => {
  const { dossier, problems } = await submit(FREE);
  expect(problems).toEqual([]);
  const before = await holdersOf(FREE.land.parcelId);
  expect(before).toContain(FREE.holder.fullName);
  expect(await decide(dossier.code, GRANT)).toMatchObject({ problems: [], part: { state: "GRANTED" } });
  await dossierThatIs(world.current, dossier.code, isDone);
  expect((await holdersOf(FREE.land.parcelId)).sort()).toEqual(
    before.map((name) => (name === FREE.holder.fullName ? TRANSFEREE.fullName : name)).sort(),
  );
  const HISTORY = "query ($parcel: ID!) { landParcel(code: $parcel) { acts(first: 1) { nodes { kind ground } } } }";
  const { data } = await world.current.ask({ persona: "land-officer" }, HISTORY, { parcel: FREE.land.parcelId });
  expect(data.landParcel.acts.nodes).toEqual([{ kind: "GIFT", ground: dossier.code }]);
});

it("a mortgage that is registered after the submission keeps an officer's grant from being applied", async () => {
  const { dossier } = await submit(OTHER);
  const mortgage = { kind: "MORTGAGE", parcel: OTHER.land.parcelId, party: "Ngân hàng mẫu", ground: "Hợp đồng mẫu" };
  const ENCUMBER =
    'mutation ($input: LandEncumbranceInput!) { encumberLand(input: $input, idempotencyKey: "late") { problems { code } } }';
  const { data } = await world.current.ask({ persona: "land-officer" }, ENCUMBER, { input: mortgage });
  expect(data.encumberLand.problems).toEqual([]);
  const before = await holdersOf(OTHER.land.parcelId);
  expect((await decide(dossier.code, GRANT)).problems).toMatchObject([{ code: "DECISION_NOT_TAKEN" }]);
  expect(await holdersOf(OTHER.land.parcelId)).toEqual(before);
});

it("the problems of a form come at once, each with its path, and a mortgage names the bank and its day", async () => {
  const { dossier, problems } = await submit(MORTGAGED, {
    transferor: { ...TRANSFEREE, fullName: "Lê Thử Chi", personalId: "093195900003" },
    contractDate: "2027-01-01",
    parcel: { commune: "31471", sheet: 99_999, number: 1, areaM2: 1 },
  });
  expect(dossier).toBeNull();
  expect(problems.map(({ code, path }: DossierData) => `${code} ${path.join(".")}`).sort()).toEqual([
    "CONTRACT_IN_FUTURE form.contractDate",
    "GIVER_NOT_HOLDER form.transferor.personalId",
    "PARCEL_FACTS_DIFFER form.parcel",
    "PARCEL_MORTGAGED form.parcel",
  ]);
  const mortgage = problems.find(({ code }: DossierData) => code === "PARCEL_MORTGAGED");
  expect(mortgage).toMatchObject({ agency: { code: "LAND" } });
  expect(mortgage.message).toContain("Ngân hàng mẫu, đăng ký ngày 15/01/2026");
});

it("who does not know the certificate of a parcel learns nothing about the parcel", async () => {
  const { problems } = await submit(MORTGAGED, { certificate: "ZZ 99999999" });
  expect(problems).toMatchObject([{ code: "CERTIFICATE_UNKNOWN", path: ["form", "certificate"] }]);
});

it("a lease, for which the register has no act, is left to an officer and changes no holders", async () => {
  const holding = MORTGAGED;
  const { dossier, problems } = await submit(holding, { case: "LEASE" });
  expect(problems).toEqual([]);
  const before = await holdersOf(holding.land.parcelId);
  expect(await decide(dossier.code, GRANT)).toMatchObject({ problems: [], part: { state: "GRANTED" } });
  expect(await holdersOf(holding.land.parcelId)).toEqual(before);
});
