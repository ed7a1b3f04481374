import { expect, it } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { shop } from "../../subgraphs/business/demo-shops.ts";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aFamily, dossierThatIs } from "../given.ts";
import { isDone, shortBackoff } from "../kit/dossier-outcomes.ts";
import { postedPapers } from "../kit/posted-papers.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const SUSPENSION = "1.001570";

const shops = families().flatMap((family) => {
  const found = shop(family);
  return found ? [{ code: found.code, name: found.name, owner: family[found.owner] }] : [];
});

async function submit({ code, name, owner }: (typeof shops)[number], more: object = {}) {
  const { fullName, personalId, dateOfBirth } = owner;
  const input = {
    ...{ procedure: SUSPENSION, office: "31471", channel: "DESK", papers: [], handover: { method: "DESK" } },
    declarant: { fullName, personalId, phone: "0912345678" },
    form: {
      ...{ code, name, owner: { fullName, dateOfBirth, personalId }, request: "SUSPEND" },
      ...{ from: "2030-01-01", until: "2030-03-01", reason: "Sửa chữa cửa hàng", ...more },
    },
  };
  const variables = { input, idempotencyKey: `shop-${process.pid}-${serial("key")}`, waitMs: 5_000 };
  return (await world.current.ask(clerk, contract("submit-dossier"), variables)).data.submitDossier;
}

it("a dossier that suspends a household business is decided by the business agency and enters its register", async () => {
  const [first] = shops;
  if (!first) throw new Error("The population needs a shop");
  const { dossier, problems } = await submit(first);
  expect(problems).toEqual([]);
  expect(await dossierThatIs(world.current, dossier.code, isDone)).toMatchObject({ outcome: "GRANTED" });
  const query =
    "query ($personalId: PersonalId!) { citizen(personalId: $personalId) { businesses { suspension { from to } } } }";
  const { data } = await world.current.ask(clerk, query, first.owner);
  expect(data.citizen.businesses).toEqual([{ suspension: { from: "2030-01-01", to: "2030-03-01" } }]);
});

async function submitted(procedure: string, { mother }: ReturnType<typeof aFamily>, form: object) {
  const { fullName, personalId } = mother;
  const input = {
    ...{ procedure, office: "31471", channel: "DESK", papers: postedPapers(procedure), handover: { method: "DESK" } },
    ...{
      declarant: { fullName, personalId, phone: "0912345678" },
      form: { ...procedureForm(procedure).example, ...form },
    },
  };
  const variables = { input, idempotencyKey: `start-${process.pid}-${serial("key")}`, waitMs: 5_000 };
  return (await world.current.ask(clerk, contract("submit-dossier"), variables)).data.submitDossier;
}

it("a dossier registers a household business by the rules of the register, and another one has its licence issued by an officer", async () => {
  let family = aFamily();
  while (shops.some(({ owner }) => owner.personalId === family.mother.personalId)) family = aFamily();
  const { fullName, personalId, dateOfBirth } = family.mother;
  const name = `Quán ăn Mẫu ${personalId}`;
  const form = { name, sectors: ["5610"], owner: { fullName, personalId, dateOfBirth }, members: [] };
  const started = await submitted("1.001612", family, form);
  expect(started.problems).toEqual([]);
  expect(await dossierThatIs(world.current, started.dossier.code, isDone)).toMatchObject({ outcome: "GRANTED" });
  const again = await submitted("1.001612", family, form);
  expect(again.problems).toMatchObject([
    { code: "OWNER_HAS_HOUSEHOLD_BUSINESS", path: ["form", "owner", "personalId"], agency: { code: "BUSINESS" } },
  ]);

  const { dossier } = await submitted("2.000117", family, { code: personalId, name });
  const waiting = await dossierThatIs(world.current, dossier.code, ({ parts }) => parts[0].state === "PROCESSING");
  const number = `${serial("licence")}/2026/MAU`;
  const decision = { grant: { facts: { number } } };
  const decided = await world.current.ask({ persona: "business-officer" }, contract("decide-part"), {
    ...{ part: waiting.parts[0].id, decision, idempotencyKey: `licence-${process.pid}-${serial("key")}` },
  });
  expect(decided.data.decidePart.problems).toEqual([]);
  await dossierThatIs(world.current, dossier.code, isDone);
  const query = `query ($personalId: PersonalId!) {
    citizen(personalId: $personalId) { businesses { name licences { number kind } } } }`;
  const { data } = await world.current.ask(clerk, query, { personalId });
  expect(data.citizen.businesses).toEqual([{ name, licences: [{ number, kind: "FOOD_SAFETY" }] }]);
});

it("a dossier for a household business of another owner has a problem with its path in the form", async () => {
  const [, second, third] = shops;
  if (!second || !third) throw new Error("The population needs three shops");
  expect(await submit({ ...second, owner: third.owner })).toMatchObject({
    dossier: null,
    problems: [{ code: "OWNER_DIFFERS", path: ["form", "owner", "personalId"], agency: { code: "BUSINESS" } }],
  });
});
