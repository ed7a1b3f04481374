import { buildSchema, type GraphQLObjectType, type GraphQLSchema, isObjectType, print } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { officerOf, ROLES, type Role } from "../../subgraphs/_shared/rights/permissions.ts";
import { aBirthRequest, submit } from "../given.ts";
import { askAgency, bearer, caller } from "../kit/ask-agency.ts";
import { listenAtDesk } from "../kit/subscribe-at-agency.ts";
import { type Answer, sharedWorld } from "../world.ts";
import { operationOf, type Step, type Way, waysFrom } from "./query-paths.ts";
import { aRegisteredFamily } from "./registered-family.ts";
import { agencies, atAgency, inGraph, mayHold, refusal, schemaText } from "./scopes-in-sdl.ts";

const world = sharedWorld();
const request = aBirthRequest(aRegisteredFamily());
const personalId = request.mother.personalId ?? "";
const nobodysId = "01980000-0000-7000-8000-000000000000";
const variables = {
  personalId,
  code: "nobody's",
  input: request,
  partId: nobodysId,
  part: { id: nobodysId, procedure: "0", dossier: "D", office: "31471", receivedAt: new Date(), content: {} },
};
const DENIALS = ["FORBIDDEN", "UNAUTHENTICATED"];

beforeAll(async () => {
  const { data } = await submit(world.current, request); // so that officers and a portal may look the mother up
  expect(data.submitBirthBundle.problems).toEqual([]);
  // so that a list of feedback has an item
  const call = { field: "civil_status", feedback: { rating: 4 } };
  const noted = await world.current.ask(
    bearer("clerk", { office: "31471", province: "92" }),
    'mutation ($input: HotlineFeedbackInput!) { recordHotlineFeedback(input: $input, idempotencyKey: "rights") { problems { code } } }',
    { input: call },
  );
  expect(noted.data.recordHotlineFeedback.problems).toEqual([]);
  // so that the citizen has a registered marriage and death
  const { fullName, dateOfBirth, ethnicity, nationality } = request.mother;
  const address = { line: "Ấp mẫu 1", commune: "31471" };
  const marriage = { kind: "REGISTERED", husband: request.father, wife: request.mother, ground: "Tờ khai mẫu số 2" };
  const married = await world.current.ask(
    { persona: "registrar" },
    'mutation ($input: CivilMarriageInput!) { registerMarriage(input: $input, idempotencyKey: "rights-2") { problems { code path } } }',
    { input: marriage },
  );
  expect(married.data.registerMarriage.problems).toEqual([]);
  const death = {
    ...{ kind: "REGISTERED", sex: "FEMALE", diedOn: "2026-11-20", place: address, withoutNotice: "Văn bản xác nhận" },
    deceased: { personalId, fullName, dateOfBirth, ethnicity, nationality, residence: address },
    declarant: { fullName: "Lê Văn Mẫu", relation: "Con" },
    ground: "Tờ khai mẫu số 1",
  };
  const registered = await world.current.ask(
    { persona: "registrar" },
    'mutation ($input: CivilDeathInput!) { registerDeath(input: $input, idempotencyKey: "rights") { problems { code path } } }',
    { input: death },
  );
  expect(registered.data.registerDeath.problems).toEqual([]);
});

const protectedWays = (ways: Iterable<Way>, demanded: (step: Step) => string[]) =>
  [...ways].flatMap((way) => {
    const last = way.at(-1);
    return last && demanded(last).length > 0 ? [{ coordinate: `${last.type}.${last.field}`, way }] : [];
  });

/** First field on a query path that a role is denied, with the denial. */
function stop(role: Role, way: Way, demanded: (step: Step) => string[]) {
  const at = way.findIndex((step) => !mayHold(role, demanded(step)));
  const step = way[at];
  return step && { path: way.slice(0, at + 1).map(({ field }) => field), ...refusal(role, demanded(step)) };
}

/** Denials in a response. The elements of a list count as one field. */
function refusals({ errors = [] }: Answer) {
  const found = errors
    .filter(({ extensions }) => DENIALS.includes(String(extensions.code)))
    .map(({ path = [], extensions: { code, scopes } }) => ({ path: fieldsOf(path), code, scopes }));
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

function fieldsOf(path: readonly (string | number)[]): string[] {
  return path.filter((step) => typeof step === "string");
}

describe("through the gateway", () => {
  const api = buildSchema(schemaText("api"));
  const roots = [api.getQueryType(), api.getMutationType()].flatMap((type) => type ?? []);
  const demanded = ({ type, field }: Step) => inGraph(type, field);
  const roles = ROLES.filter((role) => role !== "service");
  const places = { office: "31471", province: "92", personalId };

  test.each(protectedWays(waysFrom(api, roots).values(), demanded))(
    "the gateway refuses $coordinate to every role without its scopes",
    async ({ way }) => {
      for (const role of roles) {
        const who =
          role === "anonymous"
            ? null
            : bearer(role, { ...places, ...(officerOf(role) && { agency: officerOf(role)?.agency }) });
        const answer = await world.current.ask(who, operationOf(api, way), variables);
        const expected = stop(role, way, demanded);
        const parentIsGone =
          expected && answer.errors?.some(({ path = [] }) => fieldsOf(path).length < expected.path.length);
        expect([role, ...refusals(answer)]).toEqual(expected && !parentIsGone ? [role, expected] : [role]);
      }
    },
  );
});

describe.each(agencies)("past the gateway, at %s", (agency) => {
  const schema = buildSchema(schemaText(agency), { assumeValidSDL: true });
  const entities = entitiesOf(schema);
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => type ?? []);
  const ways = new Map([...waysFrom(schema, entities), ...waysFrom(schema, roots)]);
  const demanded = ({ type, field }: Step) => atAgency(agency, type, field);

  test.each(protectedWays(ways.values(), demanded))(
    `past the gateway, ${agency} refuses $coordinate to every role without its scopes`,
    async ({ way }) => {
      const entity = entities.find(({ name }) => name === way[0]?.type)?.name;
      const key = entity === "Citizen" ? { personalId } : { id: nobodysId };
      const given = { ...variables, entities: [{ __typename: entity, ...key }] };
      for (const role of ROLES) {
        const by = caller(role, { office: "31471", province: "92", personalId });
        const answer = await askAgency(world.current, agency, by, operationOf(schema, way), given);
        const expected = entity ? stopAtEntity(role, entity, way) : stop(role, way, demanded);
        const parentIsGone = expected && answer.errors?.some(({ path = [] }) => path.length < expected.path.length);
        expect([role, ...refusals(answer)]).toEqual(expected && !parentIsGone ? [role, expected] : [role]);
      }
    },
  );

  /** An entity of which a role may read no field but the keys is not looked up. */
  function stopAtEntity(role: Role, entity: string, way: Way) {
    const others = Object.keys((schema.getType(entity) as GraphQLObjectType).getFields()) // one of entitiesOf
      .filter((field) => !["id", "personalId"].includes(field))
      .map((field) => atAgency(agency, entity, field));
    const ofEntity = others[0]?.filter((scope) => others.every((scopes) => scopes.includes(scope))) ?? [];
    if (!mayHold(role, ofEntity)) return { path: ["_entities"], ...refusal(role, ofEntity) };
    const stopped = stop(role, way, demanded);
    return stopped && { ...stopped, path: ["_entities", ...stopped.path] };
  }
});

test.each(["dossierChanged", "dossiersChanged"])(
  "past the gateway, the subscription %s is refused before it begins to every role without its scopes",
  async (field) => {
    const schema = buildSchema(schemaText("one-stop"), { assumeValidSDL: true });
    const demanded = atAgency("one-stop", "Subscription", field);
    const query = operationOf(schema, [{ type: "Subscription", field }]);
    expect(demanded).toEqual(["dossier:read"]);
    for (const role of ROLES.filter((each) => !mayHold(each, demanded))) {
      const events = listenAtDesk(world.current, caller(role), query, variables);
      const { value: first } = await events.next();
      expect(first).toMatchObject({ id: undefined, answer: { errors: [{ extensions: refusal(role, demanded) }] } });
      await events.return(undefined);
    }
  },
);

/** Types that an agency resolves by a key. */
function entitiesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    const keys = isObjectType(type)
      ? (type.astNode?.directives ?? []).map(print).filter((each) => /^@key/.test(each))
      : [];
    return isObjectType(type) && keys.some((each) => !each.includes("resolvable: false")) ? [type] : [];
  });
}
