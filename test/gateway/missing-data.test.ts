import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";
import { requestPaths } from "./kit/request-paths.ts";

describe.each(requestPaths)("%s", (_, pathEnvironment) => {
  let world: World;
  beforeAll(async () => {
    world = await gatewayWorld({ ...pathEnvironment, QUERY_TIMEOUT_MS: "1500" });
    await world.ask(CITIZEN, mother); // the first request of a process takes a while, and so little time is for the agencies
  });
  afterAll(() => world.close());

  afterEach(async () => {
    for (const agency of [world.oneStop, world.civilStatus, world.healthInsurance, world.residence]) {
      agency.behaviour = "answers";
      await agency.close();
      await agency.open();
    }
  });

  const CITIZEN = `query Citizen($personalId: PersonalId!) { citizen(personalId: $personalId) {
  personalId fullName birth { number } healthInsuranceCard { number } } }`;
  const mother = { personalId: "093195000017" };

  describe("an agency that is down", () => {
    test("an agency that is down leaves its fields null, each with an error, and the other fields are returned", async () => {
      await world.residence.close();
      const { data, errors, headers } = await world.ask(CITIZEN, mother);
      expect(data.citizen).toEqual({
        personalId: mother.personalId,
        fullName: null,
        birth: { number: "1/2026" },
        healthInsuranceCard: { number: "TE1929012345678" },
      });
      const requestId = headers.get("x-request-id");
      expect(errors).toEqual([
        {
          message: "RESIDENCE cannot be reached: it refuses connections",
          path: ["citizen", "fullName"],
          extensions: { code: "UNAVAILABLE", agency: "RESIDENCE", requestId },
        },
      ]);
    });

    test("an agency that is down is reported in extensions.agencies apart from live ones, with the time since when", async () => {
      const live = (await world.ask(CITIZEN, mother)).extensions?.agencies;
      await world.residence.close();
      const first = (await world.ask(CITIZEN, mother)).extensions?.agencies;
      const second = (await world.ask(CITIZEN, mother)).extensions?.agencies;
      expect(Object.keys(first).sort()).toEqual(["CIVIL_STATUS", "HEALTH_INSURANCE", "ONE_STOP", "RESIDENCE"]);
      expect(first.RESIDENCE).toEqual({ state: "UNAVAILABLE", since: expect.stringMatching(/^2\d{3}-.*\+07:00$/) });
      expect(second.RESIDENCE).toEqual(first.RESIDENCE);
      expect(first.CIVIL_STATUS).toEqual({ state: "LIVE", since: live.CIVIL_STATUS.since });
      expect((await world.ask("{ __typename }")).extensions).toBeUndefined();
    });

    test("two agencies that are down are both named", async () => {
      await world.residence.close();
      world.healthInsurance.behaviour = "hangs up";
      const { errors } = await world.ask(CITIZEN, mother);
      expect(errors.map((e) => [e.path?.join("."), e.extensions.agency]).sort()).toEqual([
        ["citizen.fullName", "RESIDENCE"],
        ["citizen.healthInsuranceCard", "HEALTH_INSURANCE"],
      ]);
    });

    test("an agency that is down leaves missing data at the root of the response", async () => {
      await world.oneStop.close();
      const { data, errors, status } = await world.ask("{ whoAmI again: whoAmI }");
      expect({ data, status }).toEqual({ data: { whoAmI: null, again: null }, status: 200 });
      expect(errors.map((e) => e.path)).toEqual([["whoAmI"], ["again"]]);
    });

    test("an agency that is down leaves missing data in each element of a list, below aliases", async () => {
      const query = `query ($personalId: PersonalId!) { c: citizen(personalId: $personalId) {
      household { code who: members { personalId card: healthInsuranceCard { number } } } } }`;
      await world.healthInsurance.close();
      const { data, errors } = await world.ask(query, mother);
      expect(data.c.household.who[1]).toEqual({ personalId: "093093000023", card: null });
      expect(errors.map((e) => e.path)).toEqual([
        ["c", "household", "who", 0, "card"],
        ["c", "household", "who", 1, "card"],
      ]);
    });

    const parts = (typename: string) => `{ dossier(code: "D1") { parts { id result { ${typename}
    ... on BirthRegistration { number child { fullName } } ... on HealthInsuranceCard { number } } } } }`;

    test.each([["__typename"], [""]])(
      "an agency that is down leaves missing data only in its own members of a union (selected with %s)",
      async (typename) => {
        await world.civilStatus.close();
        const { data, errors } = await world.ask(parts(typename));
        const results = data.dossier.parts.map((part: { result: unknown }) => part.result);
        expect(results[0]).toMatchObject({ number: null, child: null });
        expect(results[1]).toEqual({
          ...(typename && { __typename: "HealthInsuranceCard" }),
          number: "TE1929012345678",
        });
        expect(results[2]).toBeNull();
        expect(errors.map((e) => [e.path?.join("."), e.extensions.agency])).toEqual([
          ["dossier.parts.0.result.number", "CIVIL_STATUS"],
          ["dossier.parts.0.result.child", "CIVIL_STATUS"],
        ]);
      },
    );

    test("two members of a union whose agencies are down are reported apart", async () => {
      await world.civilStatus.close();
      await world.healthInsurance.close();
      const { errors } = await world.ask(parts(""));
      expect(errors.map((e) => [e.path?.join("."), e.extensions.agency]).sort()).toEqual([
        ["dossier.parts.0.result.child", "CIVIL_STATUS"],
        ["dossier.parts.0.result.number", "CIVIL_STATUS"],
        ["dossier.parts.1.result.number", "HEALTH_INSURANCE"],
      ]);
    });

    test("an agency that is down is named where another agency could not be asked without it", async () => {
      expect((await world.ask("{ shop { stamp } }")).data).toEqual({ shop: { stamp: "stamp of C1" } });
      await world.residence.close();
      const { data, errors } = await world.ask("{ shop { id stamp } }");
      expect(data).toEqual({ shop: { id: "shop1", stamp: null } });
      expect(errors).toMatchObject([{ path: ["shop", "stamp"], extensions: { agency: "RESIDENCE" } }]);
      expect(errors).toHaveLength(1);
    });

    test("an agency that is down is named at the nearest parent when its field is non-null", async () => {
      await world.healthInsurance.close();
      const { data, errors } = await world.ask("{ strict { id must } whoAmI }");
      expect(data).toEqual({ strict: null, whoAmI: "anonymous" });
      expect(errors).toMatchObject([{ path: ["strict"], extensions: { agency: "HEALTH_INSURANCE" } }]);
    });

    test("an agency that is down is named at a mutation with a non-null result", async () => {
      await world.oneStop.close();
      const { data, errors } = await world.ask('mutation { submit(key: "k") { key } }');
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ path: ["submit"], extensions: { code: "UNAVAILABLE", agency: "ONE_STOP" } }]);
    });
  });

  describe("an agency that answers wrongly", () => {
    test.each([
      ["stalls", "no response in time"],
      ["fails", "it failed with HTTP 502"],
      ["sends a page", "its response was not GraphQL (HTTP 200)"],
      ["hangs up", "the connection broke"],
    ] as const)(
      "an agency that responds wrongly (%s) is reported as unavailable, and none of its internals are disclosed",
      async (behaviour, reason) => {
        world.residence.behaviour = behaviour;
        const { errors } = await world.ask(CITIZEN, mother);
        expect(errors).toMatchObject([
          { message: `RESIDENCE cannot be reached: ${reason}`, path: ["citizen", "fullName"] },
        ]);
        expect(JSON.stringify(errors)).not.toContain("secret");
      },
    );

    test("a query is repeated once after an agency closes the connection", async () => {
      world.residence.behaviour = "hangs up once";
      const { data, errors } = await world.ask(CITIZEN, mother);
      expect(errors).toEqual([]);
      expect(data.citizen.fullName).toBe("Name of (tên của) 017");
    });

    test("a mutation is never repeated after an agency closes the connection", async () => {
      world.oneStop.behaviour = "hangs up once";
      const before = world.oneStop.attempts;
      const { errors } = await world.ask('mutation { submit(key: "k") { key } }');
      expect(errors).toMatchObject([{ extensions: { code: "UNAVAILABLE" } }]);
      expect(world.oneStop.attempts).toBe(before + 1);
    });
  });
});
