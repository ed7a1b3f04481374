import { describe, expect, test } from "vitest";
import { permissionsOf, ROLES } from "../../subgraphs/_shared/rights/permissions.ts";
import { type AgencyCode, type SubgraphName, subgraphOf, subgraphs } from "../../subgraphs/agency-registry.ts";
import { loadDefinition } from "../../subgraphs/load-definition.ts";
import { allPapers } from "../../subgraphs/one-stop/procedures/papers.ts";
import { askAgency, caller } from "../kit/ask-agency.ts";
import { sharedWorld } from "../world.ts";
import { aRegisteredFamily } from "./registered-family.ts";

const world = sharedWorld();
const registered = aRegisteredFamily().mother.personalId ?? "";
const nobody = "093190000017";

const HOLDS = "query ($paper: ID!, $personalId: PersonalId!) { holdsPaper(paper: $paper, personalId: $personalId) }";
const CONTENTS: [SubgraphName, string][] = [
  ["residence", "fullName"],
  ["residence", "dateOfBirth"],
  ["residence", "residency { registeredOn }"],
  ["civil-status", "birth { number }"],
  ["health-insurance", "healthInsuranceCard { number }"],
  ["land", "landCertificates { serial }"],
  ["business", "businesses { code }"],
];

/** Papers that the desk looks up, with the subgraph that it asks. */
const lookedUp = allPapers().flatMap(
  ({ code, heldBy, isLookedUp }): [string, SubgraphName][] =>
    isLookedUp ? [[code, subgraphOf(heldBy as AgencyCode).name]] : [], // a test below holds that an agency is named
);

test("the service of the desk holds only the permissions of its protocol with the agencies", () => {
  expect(permissionsOf("service")).toEqual([
    "citizen:exists",
    "part:check",
    "part:deliver",
    "part:status",
    "part:cancel",
    "paper-held:read",
    "reminder:collect",
  ]);
});

describe("content of a register", () => {
  test.each(CONTENTS)("the service of the desk may not read from %s: %s", async (agency, selection) => {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { ${selection} } } }`;
    const of = [{ __typename: "Citizen", personalId: registered }];
    const { errors } = await askAgency(world.current, agency, caller("service"), query, { of });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });
});

describe("a paper of a person", () => {
  test.each(lookedUp)("the service learns whether %s is held by %s, and nothing else", async (paper, agency) => {
    const ask = (code: string, personalId: string) =>
      askAgency(world.current, agency, caller("service"), HOLDS, { paper: code, personalId });
    expect(await ask(paper, registered)).toMatchObject({ data: { holdsPaper: true } });
    expect(await ask(paper, nobody)).toMatchObject({ data: { holdsPaper: false } });
    expect(await ask("CT01", registered)).toMatchObject({ data: { holdsPaper: null } });
  });

  test.each(lookedUp)("the question whether %s is held by %s is recorded with the person", async (paper, agency) => {
    const by = caller("service", { onBehalfOf: "demo:clerk:31471" });
    await askAgency(world.current, agency, by, HOLDS, { paper, personalId: registered });
    const rows = await world.current.sql(agency)`
      select role, on_behalf_of, citizens, fields from access_log where request_id = ${by.requestId}`;
    const who = { role: "service", on_behalf_of: "demo:clerk:31471" };
    expect([...rows]).toEqual([{ ...who, citizens: [registered], fields: ["Query.holdsPaper"] }]);
  });

  test.each(ROLES.filter((role) => role !== "service"))(
    "the role %s may not ask an agency whether it holds a paper",
    async (role) => {
      const by = caller(role, { office: "31471", province: "92", personalId: registered });
      const given = { paper: "LAND_CERTIFICATE", personalId: registered };
      const { data, errors } = await askAgency(world.current, "land", by, HOLDS, given);
      expect(data).toEqual({ holdsPaper: null });
      const code = role === "anonymous" ? "UNAUTHENTICATED" : "FORBIDDEN";
      expect(errors).toMatchObject([{ extensions: { code, scopes: [["paper-held:read"]] } }]);
    },
  );

  test("the desk looks up exactly the papers that the agencies' registers keep", async () => {
    const kept = await Promise.all(
      subgraphs.map(async ({ name }): Promise<[string, SubgraphName][]> => {
        const { heldPapers = {} } = await loadDefinition(name);
        return Object.keys(heldPapers).map((paper) => [paper, name]);
      }),
    );
    expect(lookedUp.toSorted()).toEqual(kept.flat().toSorted());
  });
});
