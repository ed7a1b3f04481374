import { randomUUID } from "node:crypto";
import { buildSchema, type GraphQLObjectType, getNamedType, isObjectType, isRequiredArgument } from "graphql";
import { beforeAll, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { aBirthRequest, aFamily, dossierThatIs, submit } from "../given.ts";
import { bearer } from "../kit/ask-agency.ts";
import { schemaText } from "../rights/scopes-in-sdl.ts";
import { clerk, sharedWorld } from "../world.ts";

/** Fields that the made-up registers leave empty, with the reason. */
const EMPTY: Record<string, string> = {
  "BirthRegistration.formerRegistration": "the made-up births were registered once",
  "Licence.remindedOn": "no licence of the families that the test reads is in its renewal window",
  "Citizen.discrepancies": "the registers of the demo agree",
  "RecordDiscrepancy.fact": "the registers of the demo agree",
  "RecordDiscrepancy.values": "the registers of the demo agree",
  "RecordedFact.agency": "the registers of the demo agree",
  "RecordedFact.text": "the registers of the demo agree",
  "Citizen.reminders": "the desk of the test reads no reminders",
  "ExpiryReminder.id": "the desk of the test reads no reminders",
  "ExpiryReminder.paper": "the desk of the test reads no reminders",
  "ExpiryReminder.keptBy": "the desk of the test reads no reminders",
  "ExpiryReminder.expiresOn": "the desk of the test reads no reminders",
  "ExpiryReminder.renewBy": "the desk of the test reads no reminders",
  "ExpiryReminder.foundOn": "the desk of the test reads no reminders",
  "ExpiryReminder.state": "the desk of the test reads no reminders",
  "ExpiryReminder.endedOn": "the desk of the test reads no reminders",
  "ExpiryReminder.renewal": "the desk of the test reads no reminders",
  "Renewal.procedures": "the desk of the test reads no reminders",
  "Renewal.form": "the desk of the test reads no reminders",
  "ExpiryReminder.deliveries": "the desk of the test reads no reminders",
  "MessageDelivery.channel": "the desk of the test reads no reminders",
  "MessageDelivery.state": "the desk of the test reads no reminders",
  "MessageDelivery.endedAt": "the desk of the test reads no reminders",
  "Agency.code": "the agency of a fact on which registers differ",
  "Agency.id": "the agency of a fact on which registers differ",
  "Agency.name": "the agency of a fact on which registers differ",
  "Agency.nameEn": "the agency of a fact on which registers differ",
  "HealthInsuranceCard.closedOn": "the made-up citizens live",
  "PlaceOfBirth.country": "the personal numbers of the made-up adults name provinces of Viet Nam as places of birth",
};

/** More aliases than a client may send: each field of a test's operation has one. */
const world = sharedWorld({ "one-stop": { REMINDER_POLL_MS: "86400000" } }, { MAX_ALIASES: "2000" });
const api = buildSchema(schemaText("api"));
const citizenType = api.getType("Citizen") as GraphQLObjectType; // every agency knows the citizen

/** Fields of a citizen that show register entries: those that need no page of a list, such as the dossiers. */
const entries = Object.values(citizenType.getFields()).filter(({ args }) => !args.some(isRequiredArgument));

/** All fields below a type. Names are coordinates, so that a response tells them; a type is not entered within itself. */
function selectionOf(type: GraphQLObjectType, above: readonly string[]): string {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type);
    if (field.args.some(isRequiredArgument)) return [];
    const name = `${type.name}_${field.name}: ${field.name}`;
    if (!isObjectType(inner)) return [name];
    return above.includes(inner.name) ? [] : [`${name} { ${selectionOf(inner, [...above, inner.name])} }`];
  });
  return fields.join(" ");
}

const filled = new Set<string>();
const asked = new Set<string>();

function note(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (/^[A-Z]/.test(name) && inner !== null && !(Array.isArray(inner) && inner.length === 0))
      filled.add(name.replace("_", "."));
    note(inner);
  }
}

/** Selection of what a citizen's field returns; another citizen is looked at by itself. */
function belowOf(type: GraphQLObjectType): string {
  return type === citizenType ? "Citizen_personalId: personalId" : selectionOf(type, ["Citizen", type.name]);
}

async function look(personalId: string): Promise<void> {
  for (const { name, type } of entries) {
    const inner = getNamedType(type);
    const below = isObjectType(inner) ? ` { ${belowOf(inner)} }` : "";
    const query = `query ($personalId: PersonalId!) { citizen(personalId: $personalId) { Citizen_${name}: ${name}${below} } }`;
    for (const [, coordinate = ""] of query.matchAll(/([A-Z]\w*_\w+): /g)) asked.add(coordinate.replace("_", "."));
    const { data, errors } = await world.current.ask(clerk, query, { personalId });
    expect(errors).toBeUndefined();
    note(data.citizen);
  }
}

/** Registers the death of an adult of the demo, whose entry then fills every field. @returns the personal number */
async function aDeath(): Promise<string> {
  const { father } = families().at(-1) ?? {};
  const { personalId = "", fullName, dateOfBirth, ethnicity, nationality } = father ?? {};
  const residence = { line: "Ấp mẫu 1", commune: "31471" };
  const input = {
    ...{ kind: "NOTED", formerRegistration: "5/2026, Đại sứ quán mẫu", withoutNotice: "Giấy tờ mẫu", sex: "MALE" },
    deceased: { personalId, fullName, dateOfBirth, ethnicity, nationality, residence },
    ...{ diedOn: "2026-11-20", diedAt: "14:05", place: residence, cause: "Tuổi già", ground: "Tờ khai mẫu" },
    notice: { number: "1/2026", issuedOn: "2026-11-20", issuer: "Trạm y tế mẫu" },
    declarant: { fullName: "Trần Mẫu Con", personalId: "093195000017", relation: "Con đẻ" },
  };
  const document = `mutation ($input: CivilDeathInput!) {
    registerDeath(input: $input, idempotencyKey: "filled") { problems { code path } } }`;
  const by = bearer("registrar", { office: "31471", agency: "CIVIL_STATUS" });
  const { data } = await world.current.ask(by, document, { input });
  expect(data.registerDeath.problems).toEqual([]);
  return personalId;
}

/** Registers two marriages of an adult of the demo, with a confirmation and a divorce between them. @returns the personal number */
async function aDivorcee(): Promise<string> {
  const [wife, first, second] = [families().at(-2)?.mother, families().at(-2)?.father, families().at(-3)?.father];
  const person = (of: typeof wife) => {
    const { personalId, fullName, dateOfBirth, ethnicity, nationality } = of ?? {};
    const residence = { line: "Ấp mẫu 1", commune: "31471" };
    return { personalId, fullName, dateOfBirth, ethnicity, nationality, residence };
  };
  const by = bearer("registrar", { office: "31471", agency: "CIVIL_STATUS" });
  const acted = async (name: string, type: string, input: object) => {
    const document = `mutation ($input: ${type}!, $key: String!) {
      ${name}(input: $input, idempotencyKey: $key) { act { id effectiveOn } problems { code path } } }`;
    const { data } = await world.current.ask(by, document, { input, key: randomUUID() });
    expect(data[name].problems).toEqual([]);
    return data[name].act;
  };
  const note = { kind: "NOTED", formerRegistration: "7/2012, Đại sứ quán mẫu", ground: "Tờ khai mẫu" };
  const married = { ...note, marriedOn: "2020-12-12", husband: person(first), wife: person(wife) };
  const { id, effectiveOn } = await acted("registerMarriage", "CivilMarriageInput", married);
  const decision = { kind: "DIVORCE", decision: "1/2026, tòa án mẫu", effectiveOn, ground: "Bản án mẫu" };
  await acted("endMarriage", "MarriageEndInput", { marriage: id, ...decision });
  const period = { from: "2020-01-01", to: effectiveOn };
  const confirmed = { person: person(wife), status: "DIVORCED", period, purpose: "Để kết hôn", ground: "Tờ khai mẫu" };
  await acted("confirmMaritalStatus", "MaritalConfirmationInput", confirmed);
  await acted("registerMarriage", "CivilMarriageInput", {
    ...married,
    marriedOn: effectiveOn,
    husband: person(second),
  });
  return wife?.personalId ?? "";
}

beforeAll(async () => {
  await look(await aDeath());
  await look(await aDivorcee());
  const { data } = await submit(world.current, aBirthRequest(aFamily()));
  const { parts } = await dossierThatIs(world.current, data.submitBirthBundle.dossier.code, ({ outcome }) => outcome);
  await look(parts[0].result.child.personalId);
  for (const { mother, father } of families().slice(0, 40)) {
    if (missing().length === 0) break; // each citizen costs as many operations as there are fields
    await look(mother.personalId);
    await look(father.personalId);
  }
}, 300_000);

const missing = () => [...asked].filter((field) => !filled.has(field) && !(field in EMPTY)).sort();

test("every field of a register's entry has a value for some citizen of the demo", () => {
  expect(missing()).toEqual([]);
});

test("every field that is excused for being empty exists and is empty", () => {
  expect(Object.keys(EMPTY).filter((field) => !asked.has(field) || filled.has(field))).toEqual([]);
});
