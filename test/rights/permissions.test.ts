import { buildSchema } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import {
  PERMISSIONS,
  type Permission,
  permissionsOf,
  ROLES,
  type Role,
} from "../../subgraphs/_shared/rights/permissions.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { aBirthRequest, submit } from "../given.ts";
import { askAgency, bearer, caller } from "../kit/ask-agency.ts";
import { sharedWorld } from "../world.ts";
import { operationOf, type Way, waysFrom } from "./query-paths.ts";
import { aRegisteredFamily } from "./registered-family.ts";
import { agencies, atAgency, inGraph, schemaText } from "./scopes-in-sdl.ts";

const world = sharedWorld();
const request = aBirthRequest(aRegisteredFamily());
const mother = { personalId: request.mother.personalId };
const nobodysId = "01980000-0000-7000-8000-000000000000";
const variables = {
  ...{ personalId: mother.personalId, code: "nobody's", input: aBirthRequest(), partId: nobodysId },
  part: { id: nobodysId, procedure: "0", dossier: "D", office: "31471", receivedAt: new Date(), content: {} },
};

/** Shortest way from a root to a field that demands this permission alone. */
function wayTo(permission: Permission, ways: Map<string, Way>, demanded: (type: string, field: string) => string[]) {
  const found = [...ways.values()].filter((way) => {
    const last = way.at(-1);
    return last && demanded(last.type, last.field).join() === permission;
  });
  return found.sort((one, other) => one.length - other.length)[0];
}

const rootsOf = (schema: ReturnType<typeof buildSchema>) =>
  [schema.getQueryType(), schema.getMutationType()].flatMap((type) => type ?? []);
const api = buildSchema(schemaText("api"));
const publicWays = waysFrom(api, rootsOf(api));
const names = Object.keys(PERMISSIONS) as Permission[]; // the keys of the registry are its key type

/** An operation for each permission that fails without it, through the gateway; and the other permissions that it needs. */
const open = names.flatMap((permission): [Permission, string, Permission[]][] => {
  const way = wayTo(permission, publicWays, inGraph);
  const needed = (way ?? []).flatMap(({ type, field }) => inGraph(type, field) as Permission[]); // of the registry
  return way ? [[permission, operationOf(api, way), needed.filter((each) => each !== permission)]] : [];
});

/** For the permissions of services: an operation at each agency that offers one. */
const closed = agencies.flatMap((agency) => {
  const schema = buildSchema(schemaText(agency), { assumeValidSDL: true });
  const ways = waysFrom(schema, rootsOf(schema));
  return names
    .filter((permission) => !open.some(([name]) => name === permission))
    .flatMap((permission): [Permission, SubgraphName, string][] => {
      const way = wayTo(permission, ways, (type, field) => atAgency(agency, type, field));
      return way ? [[permission, agency, operationOf(schema, way)]] : [];
    });
});

const mayHold = (permission: Permission, role: Role) =>
  (PERMISSIONS[permission].roles as readonly Role[]).includes(role);
const places = { office: "31471", province: "92", ...mother, personalId: request.mother.personalId ?? "" };
const refusedFor = (permission: Permission) => ({
  message: `This needs the permission ${permission}`,
  extensions: { code: "FORBIDDEN", scopes: [[permission]] },
});
const asRole = (role: Role, scope: readonly string[]) => bearer(role as Parameters<typeof bearer>[0], places, scope); // roles of tokens only

beforeAll(async () => {
  const { data } = await submit(world.current, request); // so that a portal may look the mother up
  expect(data.submitBirthBundle.problems).toEqual([]);
});

test("every permission of the registry is refused in a test", () => {
  expect([...new Set([...open, ...closed].map(([name]) => name))].sort()).toEqual([...names].sort());
});

test("permissions for services alone are refused at the agencies, and all others at the gateway", () => {
  const ofServices = names.filter((name) => PERMISSIONS[name].roles.every((role) => role === "service"));
  expect([...new Set(closed.map(([name]) => name))].sort()).toEqual([...ofServices].sort());
});

describe.each(open)("%s", (permission, document, alsoNeeded) => {
  test(`${permission} is refused to a clerk or a citizen whose scope does not name it`, async () => {
    for (const role of ["clerk", "citizen"] as const) {
      const scope = permissionsOf(role).filter((each) => each !== permission);
      const { errors } = await world.current.ask(asRole(role, scope), document, variables);
      expect(errors, role).toMatchObject([refusedFor(permission)]);
    }
  });

  const others = ROLES.filter((role) => role === "leader" || role === "portal")
    .filter((role) => !mayHold(permission, role))
    .filter((role) => alsoNeeded.every((each) => mayHold(each, role)));
  test.each(others)(`${permission} is refused to a %s even though the scope names it`, async (role) => {
    const { errors } = await world.current.ask(asRole(role, Object.keys(PERMISSIONS)), document, variables);
    expect(errors).toMatchObject([refusedFor(permission)]);
  });

  test(`an operation that needs ${permission} gives nothing to the anonymous public`, async () => {
    const { errors, data } = await world.current.ask(null, document, variables);
    expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
  });
});

describe.each(closed)("%s at %s", (permission, agency, document) => {
  test(`${permission} is refused by ${agency} to every role but the service`, async () => {
    for (const role of ROLES.filter((each) => each !== "service")) {
      const { errors } = await askAgency(world.current, agency, caller(role), document, variables);
      const expected = role === "anonymous" ? { extensions: { code: "UNAUTHENTICATED" } } : refusedFor(permission);
      expect(errors, role).toMatchObject([expected]);
    }
  });

  test(`${permission} is refused by ${agency} to a service without it`, async () => {
    const permissions = permissionsOf("service").filter((each) => each !== permission);
    const by = caller("service", { permissions });
    const { errors } = await askAgency(world.current, agency, by, document, variables);
    expect(errors).toMatchObject([refusedFor(permission)]);
  });

  test(`the operation that needs ${permission} at ${agency} does not exist at the gateway`, async () => {
    const by = asRole("clerk", Object.keys(PERMISSIONS));
    const { data, errors } = await world.current.ask(by, document, variables);
    expect(data).toBeUndefined();
    expect(errors?.map((error) => error.extensions.code)).toContain("BAD_USER_INPUT");
    expect(errors?.map((error) => error.message).join()).toMatch(/Cannot query field|Unknown type "PartInput"/);
  });
});
