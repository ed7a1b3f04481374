import { expect, it } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { shop } from "../../subgraphs/business/demo-shops.ts";
import { dossierThatIs } from "../given.ts";
import { inFaultMode, isDone, problemsOf, shortBackoff } from "../kit/dossier-outcomes.ts";
import { aMoveWithShop } from "../kit/moves.ts";
import { serial } from "../kit/serial-numbers.ts";
import {
  acceptedForm,
  atOfficer,
  decideForm,
  formProblems,
  grantedForm,
  SOMEBODY,
  submitForm,
} from "../kit/single-dossiers.ts";
import { clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const CHANGE = "2.000720";
const OFFICER = { persona: "business-officer" };
const GRANT = { grant: { facts: {} } };
const SEAT = { field: "ADDRESS", newValue: "Số 9, đường Mẫu", address: { line: "Số 9, đường Mẫu", commune: "00004" } };
const RENAMED = () => ({ field: "NAME", newValue: `Tạp hóa Mẫu Mới ${serial("name")}` });

type Shop = { code: string; name: string; owner: { fullName: string; dateOfBirth: string; personalId: string } };
const shopsOf = (hasLicences: boolean): Shop[] =>
  families().flatMap((family) => {
    const found = shop(family);
    if (!found || found.licences.length > 0 !== hasLicences) return [];
    const { fullName, dateOfBirth, personalId } = family[found.owner];
    return [{ code: found.code, name: found.name, owner: { fullName, dateOfBirth, personalId } }];
  });
/** Next shop of the population from the end of the list: moves of the other tests take the first ones. */
function aShop(hasLicences = false): Shop {
  const found = shopsOf(hasLicences).at(-serial(`shop ${hasLicences}`));
  if (!found) throw new Error("The seeded shops are used up");
  return found;
}

const form = ({ code, name, owner }: Shop, changes: object[]) => ({ code, name, owner, changes });
const byOwner = ({ owner }: Shop) => ({ declarant: owner });
const byOther = { declarant: SOMEBODY };

async function registered({ owner: { personalId } }: Shop) {
  const query = `query ($personalId: PersonalId!) { citizen(personalId: $personalId) {
    businesses { name addressLine commune { code } lines { code } capitalVnd changeNumber } } }`;
  return (await world.current.ask(clerk, query, { personalId })).data.citizen.businesses[0];
}

it("a dossier of the owner changes name, seat, lines and capital of a household business by the rules of the register", async () => {
  const of = aShop();
  const changes = [
    RENAMED(),
    SEAT,
    { field: "SECTORS", newValue: "Ăn uống", sectors: ["5610"] },
    { field: "CAPITAL", newValue: "70000000" },
  ];
  const code = await acceptedForm(world.current, CHANGE, form(of, changes), byOwner(of));
  expect(await dossierThatIs(world.current, code, isDone)).toMatchObject({ outcome: "GRANTED" });
  expect(await registered(of)).toMatchObject({
    ...{ name: changes[0]?.newValue, addressLine: "Số 9, đường Mẫu", commune: { code: "00004" } },
    ...{ lines: [{ code: "5610" }], capitalVnd: 70_000_000, changeNumber: 1 },
  });
});

it("another seat of a business with licences, and a change that another person submits, wait for an officer", async () => {
  for (const [of, changes, who] of [
    [aShop(true), [SEAT], "owner"],
    [aShop(), [RENAMED()], "other"],
  ] as const) {
    const declared = who === "owner" ? byOwner(of) : byOther;
    const code = await acceptedForm(world.current, CHANGE, form(of, [...changes]), declared);
    await grantedForm(world.current, code, OFFICER);
    expect(await registered(of)).toMatchObject({ changeNumber: 1 });
  }
});

it("another owner, and a seat or lines in words, are left to an officer and change nothing", async () => {
  const of = aShop();
  const before = await registered(of);
  for (const field of ["OWNER", "ADDRESS", "SECTORS", "CAPITAL"]) {
    const code = await acceptedForm(world.current, CHANGE, form(of, [{ field, newValue: "Như hồ sơ kèm theo" }]));
    await grantedForm(world.current, code, OFFICER);
  }
  expect(await registered(of)).toEqual(before);
});

it("all problems of the register come at once, each with its place in the form", async () => {
  const of = aShop();
  const changes = [
    { field: "NAME", newValue: " " },
    { ...SEAT, address: { line: " ", commune: "00004" } },
    { field: "CAPITAL", newValue: "0" },
    { field: "SECTORS", newValue: "Hai lần", sectors: ["5610", "5610"] },
  ];
  const owner = { ...of.owner, personalId: "093195900099" };
  expect(await formProblems(world.current, CHANGE, { ...form(of, changes), owner })).toEqual([
    "CAPITAL_IMPOSSIBLE form.changes.2.newValue",
    expect.stringMatching(/ form\.changes\.3\.sectors\.1$/),
    "OWNER_DIFFERS form.owner.personalId",
    "TEXT_EMPTY form.changes.0.newValue",
    "TEXT_EMPTY form.changes.1.address.line",
  ]);
  expect(await formProblems(world.current, CHANGE, form(of, [{ field: "NAME", newValue: of.name }]))).toEqual([
    "NOTHING_CHANGES form.changes",
  ]);
});

it("officers of another agency do not decide it", async () => {
  const code = await acceptedForm(world.current, CHANGE, form(aShop(), [RENAMED()]), byOther);
  await atOfficer(world.current, code);
  const { errors } = await decideForm(world.current, code, GRANT, { persona: "police" });
  expect(errors[0].extensions.code).toMatch(/FORBIDDEN|NOT_FOUND/);
});

it("while the business agency is down the dossier is accepted, and the change is entered once it is back", async () => {
  const of = aShop();
  const { dossier, problems } = await inFaultMode(world.current, "BUSINESS", "DOWN", () =>
    submitForm(world.current, CHANGE, form(of, [RENAMED()]), byOwner(of)),
  );
  expect(problems).toEqual([]);
  await dossierThatIs(world.current, dossier.code, isDone);
  expect(await registered(of)).toMatchObject({ changeNumber: 1 });
});

it("an open dossier of a new seat, by itself or in a move, keeps another one from being opened", async () => {
  const request = aMoveWithShop();
  const of = shopsOf(false).find(({ code }) => code === request.business?.code);
  if (!of) throw new Error("The move needs a seeded shop");
  await acceptedForm(world.current, CHANGE, form(of, [SEAT]), byOther); // waits for an officer, and keeps nobody out
  await inFaultMode(world.current, "BUSINESS", "DOWN", async () => {
    const code = await acceptedForm(world.current, CHANGE, form(of, [SEAT]));
    expect((await submitForm(world.current, CHANGE, form(of, [SEAT]))).problems).toMatchObject([
      { code: "BUSINESS_CHANGE_ALREADY_SUBMITTED", path: ["form", "code"], existingDossier: { code } },
    ]);
    const variables = { input: request, idempotencyKey: `move-${process.pid}-${serial("key")}`, waitMs: 0 };
    expect(problemsOf(await world.current.ask(clerk, contract("submit-move-bundle"), variables))).toContainEqual({
      ...{ code: "PERSON_ALREADY_MOVING", path: ["person"], names: code },
    });
  });
});
