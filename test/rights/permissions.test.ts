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
import { contract, sharedWorld } from "../world.ts";

type Operation = { document: string; variables?: () => object };
/** Place where a permission is tested: the gateway, or an agency for operations between agencies. */
type Refusal = ({ at: "gateway" } & Operation) | ({ at: SubgraphName[] } & Operation);

const world = sharedWorld();
const request = aBirthRequest();
const mother = { personalId: request.mother.personalId };
const part = { id: "p", procedure: "1.001193", dossier: "D", office: "31471", receivedAt: "2026-11-23", content: {} };
const deciding: SubgraphName[] = ["civil-status", "residence", "health-insurance"];
const aPart = () => ({ part: { ...part, id: "01980000-0000-7000-8000-000000000000", receivedAt: new Date() } });
const aPartId = () => ({ id: "01980000-0000-7000-8000-000000000000" });
const ofTheMother = (fields: string) => ({
  at: "gateway" as const,
  document: `query ($personalId: PersonalId!) { citizen(personalId: $personalId) { ${fields} } }`,
  variables: () => mother,
});

/** One operation per permission that fails without it. A missing permission fails the first test. */
const REFUSED: Record<Permission, Refusal> = {
  "bundle:submit": {
    at: "gateway",
    document: contract("submit-birth-bundle"),
    variables: () => ({ input: aBirthRequest(), idempotencyKey: "refused" }),
  },
  "dossier:submit": {
    at: "gateway",
    document: contract("withdraw-dossier"),
    variables: () => ({ dossier: "H13.105-261123-0001", reason: "-", idempotencyKey: "refused" }),
  },
  "work:read": { at: "gateway", document: contract("work-list"), variables: () => ({ first: 1 }) },
  "work:decide": { at: "gateway", document: contract("claim-part"), variables: () => ({ part: aPartId().id }) },
  "dossier:return": {
    at: "gateway",
    document: contract("return-results"),
    variables: () => ({ dossier: "H13.105-261123-0001", input: { method: "DESK" }, idempotencyKey: "refused" }),
  },
  "dossier:read": { at: "gateway", document: "{ dossiers(first: 1) { nodes { code } } }" },
  "citizen:read": ofTheMother("fullName"),
  "birth:read": ofTheMother("birth { number }"),
  "health-insurance:read": ofTheMother("healthInsuranceCard { number }"),
  "land:read": ofTheMother("landCertificates { serial }"),
  "business:read": ofTheMother("businesses { code }"),
  "part:check": {
    at: deciding,
    document: "query ($part: PartInput!) { checkPart(part: $part) { handling } }",
    variables: aPart,
  },
  "part:deliver": {
    at: deciding,
    document: "mutation ($part: PartInput!) { deliverPart(part: $part) { state } }",
    variables: aPart,
  },
  "part:status": {
    at: deciding,
    document: "query ($id: ID!) { partStatus(partId: $id) { state } }",
    variables: aPartId,
  },
  "part:cancel": {
    at: deciding,
    document: "mutation ($id: ID!) { cancelPart(partId: $id) { state } }",
    variables: aPartId,
  },
  "citizen:exists": {
    at: ["residence"],
    document: "query ($personalId: PersonalId!) { citizenExists(personalId: $personalId) }",
    variables: () => mother,
  },
};
const entries = Object.entries(REFUSED) as [Permission, Refusal][]; // the keys of the table are its key type
const open = entries.flatMap(([name, refusal]) => (refusal.at === "gateway" ? [[name, refusal] as const] : []));
const closed = entries.flatMap(([name, refusal]) =>
  refusal.at === "gateway" ? [] : refusal.at.map((agency) => [name, agency, refusal] as const),
);

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
  expect(Object.keys(REFUSED).sort()).toEqual(Object.keys(PERMISSIONS).sort());
});

test("permissions for services alone are refused at the agencies, and all others at the gateway", () => {
  const ofServices = entries.filter(([name]) => PERMISSIONS[name].roles.every((role) => role === "service"));
  expect([...new Set(closed.map(([name]) => name))]).toEqual(ofServices.map(([name]) => name));
});

describe.each(open)("%s", (permission, { document, variables = () => ({}) }) => {
  test(`${permission} is refused to a clerk or a citizen whose scope does not name it`, async () => {
    for (const role of ["clerk", "citizen"] as const) {
      const scope = permissionsOf(role).filter((each) => each !== permission);
      const { errors } = await world.current.ask(asRole(role, scope), document, variables());
      expect(errors, role).toMatchObject([refusedFor(permission)]);
    }
  });

  const others = ROLES.filter((role) => role === "leader" || role === "portal").filter((r) => !mayHold(permission, r));
  test.each(others)(`${permission} is refused to a %s even though the scope names it`, async (role) => {
    const { errors } = await world.current.ask(asRole(role, Object.keys(PERMISSIONS)), document, variables());
    expect(errors).toMatchObject([refusedFor(permission)]);
  });

  test(`an operation that needs ${permission} gives nothing to the anonymous public`, async () => {
    const { errors, data } = await world.current.ask(null, document, variables());
    expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
  });
});

describe.each(closed)("%s at %s", (permission, agency, { document, variables = () => ({}) }) => {
  test(`${permission} is refused by ${agency} to every role but the service`, async () => {
    for (const role of ROLES.filter((each) => each !== "service")) {
      const { errors } = await askAgency(world.current, agency, caller(role), document, variables());
      const expected = role === "anonymous" ? { extensions: { code: "UNAUTHENTICATED" } } : refusedFor(permission);
      expect(errors, role).toMatchObject([expected]);
    }
  });

  test(`${permission} is refused by ${agency} to a service without it`, async () => {
    const permissions = permissionsOf("service").filter((each) => each !== permission);
    const by = caller("service", { permissions });
    const { errors } = await askAgency(world.current, agency, by, document, variables());
    expect(errors).toMatchObject([refusedFor(permission)]);
  });

  test(`the operation that needs ${permission} at ${agency} does not exist at the gateway`, async () => {
    const by = asRole("clerk", Object.keys(PERMISSIONS));
    const { data, errors } = await world.current.ask(by, document, variables());
    expect(data).toBeUndefined();
    expect(errors?.map((error) => error.extensions.code)).toContain("BAD_USER_INPUT");
    expect(errors?.map((error) => error.message).join()).toMatch(/Cannot query field|Unknown type "PartInput"/);
  });
});
