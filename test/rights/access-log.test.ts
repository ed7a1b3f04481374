import { beforeAll, describe, expect, test } from "vitest";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { aBirthRequest, aFamily, dossierThatIs, submit } from "../given.ts";
import { citizen } from "../kit/ask-agency.ts";
import { type Answer, clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld();
const family = aFamily();
const request = aBirthRequest(family);
const [mother, father] = [family.mother.personalId, family.father.personalId];
const submission = "request-of-the-submission";

let code: string;
let child: string;
beforeAll(async () => {
  const { data } = await world.current.ask(
    clerk,
    contract("submit-birth-bundle"),
    { input: request, idempotencyKey: "access-log", waitMs: 10_000 },
    { "x-request-id": submission },
  );
  code = data.submitBirthBundle.dossier.code;
  const { parts } = await dossierThatIs(world.current, code, ({ outcome }) => outcome === "GRANTED");
  child = parts[0].result.child.personalId;
});

type Row = { purpose: string | null; citizens: string[]; fields: string[] };
/** Access records of an agency under a request id, without the person (which each test checks). */
async function recorded(name: SubgraphName, requestId: string) {
  return world.current.sql(name)<(Row & Record<string, unknown>)[]>`
    select action, subject, role, office, on_behalf_of, purpose, citizens, fields, at from access_log
     where request_id = ${requestId} order by purpose nulls last, action`;
}
const purposes = (rows: Row[]) => rows.map(({ purpose, citizens }) => [purpose, citizens.toSorted()]);

let requests = 0;
/** Sends a query under a new request id and returns the id. The fields with these names are out of the caller's reach. */
async function askRecorded(
  who: Persona,
  document: string,
  variables: object = {},
  notSeen: readonly string[] = [],
): Promise<string> {
  const requestId = `access-log-${++requests}`;
  const { errors = [] } = await world.current.ask(who, document, variables, { "x-request-id": requestId });
  // two agencies answer in either order
  expect(errors.map(({ path, extensions }) => `${path?.at(-1)} ${extensions.code}`).toSorted()).toEqual(
    notSeen.map((field) => `${field} NOT_FOUND`).toSorted(),
  );
  return requestId;
}
async function everywhere(requestId: string): Promise<Record<string, number>> {
  const counted = subgraphs.map(async ({ name }) => [name, (await recorded(name, requestId)).length] as const);
  return Object.fromEntries((await Promise.all(counted)).filter(([, rows]) => rows > 0));
}

describe("a read of a dossier", () => {
  let requestId: string;
  beforeAll(async () => {
    requestId = await askRecorded(clerk, contract("dossier"), { code });
  });

  test.each<[SubgraphName, () => unknown[], string[]]>([
    ["one-stop", () => [[code, [mother]]], ["Applicant.fullName", "Dossier.code", "DossierPart.state"]],
    ["civil-status", () => [[code, [child]]], ["BirthRegistration.number", "BirthRegistration.registeredOn"]],
    [
      "residence",
      () => [
        [code, [child]],
        [null, [father]],
      ],
      ["Household.code", "Residency.registeredOn"],
    ],
    ["health-insurance", () => [[code, [child]]], ["HealthInsuranceCard.number", "CareFacility.code"]],
  ])(
    "reading a dossier records at %s the reader, office, purpose, persons and fields",
    async (name, expected, fields) => {
      const rows = await recorded(name, requestId);
      expect(purposes(rows)).toEqual(expected());
      const who = { action: "READ", subject: "demo:clerk:31471", role: "clerk", office: "31471", on_behalf_of: null };
      for (const row of rows) expect(row).toMatchObject(who);
      expect(rows[0]?.fields).toEqual(expect.arrayContaining(fields));
      expect(rows[0]?.fields.every((field) => /^[A-Z]\w+\.\w+$/.test(field))).toBe(true);
    },
  );

  test("reading a dossier records nothing at agencies that were not asked", async () => {
    expect(Object.keys(await everywhere(requestId))).not.toContain("land");
  });
});

describe("a read of a citizen", () => {
  test("reading a citizen records at every agency, under the client's own request id", async () => {
    const requestId = await askRecorded(clerk, contract("citizen"), { personalId: child });
    const [desk] = await recorded("one-stop", requestId);
    expect(desk).toMatchObject({ citizens: [child], fields: expect.arrayContaining(["Dossier.code"]) });
    expect(purposes(await recorded("civil-status", requestId))).toEqual([[code, [child, father, mother].toSorted()]]);
    expect(purposes(await recorded("residence", requestId))).toEqual([
      [code, [child]],
      [null, [father, mother].toSorted()],
    ]);
    expect(purposes(await recorded("health-insurance", requestId))).toEqual([[code, [child]]]);
    expect(purposes(await recorded("land", requestId))).toEqual([[null, [child]]]);
    expect(purposes(await recorded("business", requestId))).toEqual([[null, [child]]]);
  });

  test("a citizen's own reading records the reader, and no person whose data were not shown", async () => {
    const notSeen = ["landCertificates", "businesses"];
    const requestId = await askRecorded(citizen(mother), contract("citizen"), { personalId: child }, notSeen);
    expect(await everywhere(requestId)).toEqual({
      "one-stop": 1,
      "civil-status": 1,
      residence: 2,
      "health-insurance": 1,
    });
    const [row] = await recorded("civil-status", requestId);
    expect(row).toMatchObject({ subject: "test:citizen", role: "citizen", office: null });
  });
});

describe("a list of dossiers", () => {
  test("listing dossiers leaves one record with the applicants of the page", async () => {
    const requestId = await askRecorded(clerk, contract("dossiers"), { first: 50 });
    expect(purposes(await recorded("one-stop", requestId))).toEqual([[null, [mother]]]);
  });
});

describe("a submission", () => {
  test("a submission records the change at the desk with the dossier as its purpose", async () => {
    expect(await recorded("one-stop", submission)).toMatchObject([
      { action: "CHANGE", subject: "demo:clerk:31471", office: "31471", purpose: code, fields: ["Dossier"] },
    ]);
  });

  test.each<[SubgraphName, () => string[]]>([
    ["civil-status", () => [mother, father]],
    ["residence", () => [mother, father]],
    ["health-insurance", () => [mother, father]],
  ])(
    "a submission records at %s the persons whose data the check read, and on whose behalf",
    async (name, citizens) => {
      const rows = await recorded(name, submission);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(row).toMatchObject({ action: "READ", subject: "service:one-stop", on_behalf_of: "demo:clerk:31471" });
        expect(row.citizens.toSorted()).toEqual(citizens().toSorted());
      }
    },
  );

  test.each<[SubgraphName, string[][]]>([
    [
      "civil-status",
      [
        ["births.*", "birth_versions.*", "birth_numbers.*"],
        ["birth_versions.personal_id", "citizen_numbers.*"],
      ],
    ],
    [
      "residence",
      [
        ["persons.personal_id", "person_versions.*"],
        ["residencies.person_id", "residency_versions.*"],
      ],
    ],
    ["health-insurance", [["cards", "card_versions"]]],
  ])("a submission records at %s each change of its register", async (name, fields) => {
    const rows = await world.current.sql(name)`
      select subject, role, on_behalf_of, fields from access_log
       where action = 'CHANGE' and purpose = ${code} order by at`;
    const by = { subject: "service:one-stop", role: "service", on_behalf_of: "demo:clerk:31471" };
    expect([...rows]).toEqual(fields.map((each) => ({ ...by, fields: each })));
  });
});

describe("nothing is recorded", () => {
  test.each<[string, Persona, string, () => object]>([
    ["of the public catalogue", null, contract("procedures"), () => ({ first: 5 })],
    ["of an empty list", { persona: "clerk", commune: "31135" }, contract("dossiers"), () => ({ first: 5 })],
  ])("no access is recorded for a read %s", async (_, who, document, variables) => {
    expect(await everywhere(await askRecorded(who, document, variables()))).toEqual({});
  });

  test("no access is recorded for refused reads and for rows outside the caller's rights", async () => {
    for (const who of [null, { persona: "clerk", commune: "31135" }, { persona: "portal", commune: "00004" }]) {
      const requestId = `access-log-${++requests}`;
      await world.current.ask(who, contract("dossier"), { code }, { "x-request-id": requestId });
      expect(await everywhere(requestId)).toEqual({});
    }
  });

  test("the public's tracking of a dossier by code and phone is recorded", async () => {
    const requestId = await askRecorded(null, contract("track-dossier"), { code, phoneLast4: "5678" });
    expect(await recorded("one-stop", requestId)).toMatchObject([
      { role: "anonymous", purpose: code, citizens: [mother] },
    ]);
  });
});

describe("a record that cannot be written", () => {
  test.each<[SubgraphName, string, (data: Answer["data"]) => unknown]>([
    ["one-stop", "ONE_STOP", ({ dossier }) => dossier],
    ["health-insurance", "HEALTH_INSURANCE", ({ dossier }) => dossier.parts[2].result.number],
  ])(
    "data of %s are withheld when their access record cannot be written, and other agencies' data are returned",
    async (name, agency, held) => {
      const sql = world.current.sql(name);
      await sql`alter table access_log rename to access_log_away`;
      try {
        const { data, errors } = await world.current.ask(clerk, contract("dossier"), { code });
        expect(held(data)).toBeNull();
        expect(errors?.length).toBeGreaterThan(0);
        for (const error of errors ?? []) expect(error.extensions).toMatchObject({ code: "UNAVAILABLE", agency });
      } finally {
        await sql`alter table access_log_away rename to access_log`;
      }
      expect((await world.current.ask(clerk, contract("dossier"), { code })).errors).toBeUndefined();
    },
  );

  test("a submission is not accepted when its access record cannot be written", async () => {
    const sql = world.current.sql("one-stop");
    const count = async () => (await sql`select count(*)::int as n from dossiers`)[0]?.n;
    const before = await count();
    await sql`alter table access_log rename to access_log_away`;
    const { errors } = await submit(world.current, aBirthRequest());
    await sql`alter table access_log_away rename to access_log`;
    expect(errors).toMatchObject([{ extensions: { code: "INTERNAL" } }]);
    expect(await count()).toBe(before);
  });
});
