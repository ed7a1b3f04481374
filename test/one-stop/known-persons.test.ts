import { expect, test } from "vitest";
import { namedPersons } from "../../subgraphs/one-stop/bundles/named-persons.ts";
import {
  aBirthRequest,
  aBusinessStart,
  aDeathRequest,
  aFamily,
  aLandTransfer,
  aMarriageRequest,
  submit,
} from "../given.ts";
import { bearer } from "../kit/ask-agency.ts";
import { aMoveRequest } from "../kit/moves.ts";
import { clerk, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld();

type Known = { path: string[]; citizen: { personalId: string; fullName: string | null } | null };

async function check(event: string, input: object, who: Persona, facts = "fullName dateOfBirth") {
  const query = `query ($input: ${event}BundleInput!) { check${event}Bundle(input: $input) {
    known { path citizen { personalId ${facts} } } problems { code path messageEn } } }`;
  const { data, errors } = await world.current.ask(who, query, { input });
  expect(errors).toBeUndefined();
  return data[`check${event}Bundle`] as { known: Known[]; problems: { code: string; path: string[] }[] };
}

test.each([
  ["Birth", aBirthRequest, "mother.personalId"],
  ["Death", aDeathRequest, "deceased.personalId"],
  ["Marriage", aMarriageRequest, "wife.personalId"],
  ["BusinessStart", aBusinessStart, "business.people.0.personalId"],
  ["LandTransfer", aLandTransfer, "from.0.personalId"],
  ["Move", aMoveRequest, "members.0.personalId"],
] as const)(
  "the check of %s answers a clerk with what the registers know of each person named",
  async (event, given, path) => {
    const input = given();
    const named = namedPersons(input).filter(({ personalId }) => personalId !== "093195900077"); // in no register
    const registered = { ...input, ...(event === "LandTransfer" && { to: [] }) };
    const { known } = await check(event, registered, clerk);
    expect(known.map((each) => each.path.join("."))).toEqual(named.map((each) => each.path.join(".")));
    expect(known.map((each) => each.path.join("."))).toContain(path);
    for (const { citizen } of known) expect(citizen?.fullName).toMatch(/\p{L}/u);
  },
);

test("what is missing in the input and known to the State is answered beside its problem, which gives the reason", async () => {
  const family = aFamily();
  const input = aBirthRequest(family);
  input.mother.fullName = "";
  const { known, problems } = await check("Birth", input, clerk, "fullName permanentAddress { line commune { code } }");
  expect(problems).toEqual([
    expect.objectContaining({ path: ["mother", "fullName"], messageEn: expect.stringMatching(/./) }),
  ]);
  const mother = known.find(({ path }) => path.join(".") === "mother.personalId");
  const { line, commune } = family.household.address;
  expect(mother?.citizen).toMatchObject({
    fullName: family.mother.fullName,
    permanentAddress: { line, commune: { code: commune } },
  });
});

test("the certificates of land of the givers are known", async () => {
  const input = aLandTransfer();
  const { known } = await check("LandTransfer", { ...input, to: [] }, clerk, "fullName landCertificates { serial }");
  expect(JSON.stringify(known)).toContain(input.land.certificate.slice(-8));
});

test("a citizen learns nothing of a stranger whom a request names, and of other parties once a common dossier exists", async () => {
  const { mother, father, household } = aFamily();
  const { personalId: stranger, fullName, dateOfBirth } = aFamily().father;
  const input = aBirthRequest({ mother, father, household });
  const citizen = bearer("citizen", { personalId: mother.personalId });
  const numbers = async (named: object) => {
    const { known } = await check("Birth", named, citizen, "");
    return [...new Set(known.map((each) => each.citizen?.personalId))].sort();
  };
  const expectNoStranger = async (named: object) => {
    const { known } = await check("Birth", named, citizen);
    expect(known[0]?.citizen).toMatchObject({ personalId: mother.personalId, dateOfBirth: mother.dateOfBirth });
    for (const fact of [stranger, fullName, dateOfBirth]) expect(JSON.stringify(known)).not.toContain(fact);
  };
  const online = { ...input, channel: "ONLINE", father: { ...father, personalId: stranger } };
  expect(await numbers(online)).toEqual([mother.personalId]);
  await expectNoStranger(online);
  expect((await submit(world.current, input)).data.submitBirthBundle.problems).toEqual([]);
  expect(await numbers({ ...online, father })).toEqual([mother.personalId, father.personalId].sort());
  await expectNoStranger(online);
});

test("a malformed number names nobody", () => {
  expect(namedPersons({ a: { personalId: "1" }, b: [{ headPersonalId: "093195000017" }], c: "093195000017" })).toEqual([
    { path: ["b", "0", "headPersonalId"], personalId: "093195000017" },
  ]);
});
