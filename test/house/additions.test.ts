import { execFile } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { signIdentity } from "../../subgraphs/_shared/identity/identity.ts";
import { keysFor } from "../../subgraphs/_shared/identity/keys.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { aBirthRequest } from "../given.ts";
import { caller } from "../kit/ask-agency.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { contract } from "../world.ts";
import { contentsOf, differencesOf } from "./copy-contents.ts";
import { addLandField, writtenMigration } from "./land-field.ts";
import { type ScratchCopy, scratchCopy } from "./scratch-copy.ts";

// an agency, a bundle and a field are added to one copy, so that one composition and one start serve all of them
const LINE = 'export { education } from "./education/agency.ts";\n';
const mother = families()[0]?.mother.personalId;
const ENROLMENTS =
  "query ($personalId: PersonalId!) { citizen(personalId: $personalId) { enrolments { school grade } } }";

const EVENING_CLASS = "1.099001";
const applicant = families()[2]?.mother;
const SUBMIT = `mutation ($input: DossierInput!, $key: String!) {
  submitDossier(input: $input, idempotencyKey: $key, waitMs: 10000) { dossier { code state } problems { code } } }`;
const SUBMIT_NAME_DAY = `mutation ($input: String!, $key: String!) {
  submitNameDay(input: $input, idempotencyKey: $key) { code problems { code messageEn path } } }`;

let copy: ScratchCopy;
let former: { code: string; state: string };
let gateway: string;
let port: number;
let withAgency: string[];
let composed: string[];
let newborn: string | undefined;
let checks: ReturnType<typeof checked>;

beforeAll(async () => {
  copy = scratchCopy();
  gateway = await copy.start();
  former = (await ask("clerk", SUBMIT, { input: anApplication("2.000908"), key: "before" })).data.submitDossier.dossier;
  await copy.stop();
  const before = contentsOf(copy.directory);
  copy.add("education", "subgraphs/education");
  appendFileSync(join(copy.directory, "subgraphs", "list.ts"), LINE);
  addToCatalogue({ code: EVENING_CLASS, domain: "education", name: "Đăng ký học lớp buổi tối" });
  withAgency = differencesOf(before, contentsOf(copy.directory));
  copy.add("name-day", "subgraphs/one-stop/bundles/name-day");
  addLandField(copy);
  const added = contentsOf(copy.directory);
  checks = checked(copy.directory); // beside the composition and the start, which use one core most of the time
  copy.run("compose");
  composed = differencesOf(added, contentsOf(copy.directory));
  port = await freePort();
  gateway = await copy.start({ PORT_EDUCATION: String(port) });
}, 480_000);
afterAll(() => copy?.remove(), 60_000);

test("a new agency is its own folder, one line of the list, and one entry of the catalogue for its procedure", () => {
  const others = withAgency.filter((path) => !path.startsWith("subgraphs/education/"));
  expect(others).toEqual(["subgraphs/list.ts", "subgraphs/one-stop/data/procedures.json"]);
});

test("composition writes the schemas of what was added, and nothing else", () => {
  expect(composed.filter((path) => !path.startsWith("schema/"))).toEqual([]);
  expect(composed).toContain("schema/education.graphql");
});

// the steps of the recipe in subgraphs/README.md
test("a field is a column, its migration, a line of the loader and one of the types; composition writes the rest", () => {
  expect(writtenMigration(copy)).toBe('ALTER TABLE "parcel_versions" ADD COLUMN "use" text;');
  const schema = (name: string) => readFileSync(join(copy.directory, "schema", `${name}.graphql`), "utf8");
  for (const name of ["land", "api"]) expect(schema(name)).toMatch(/type LandParcel \{[^}]*\n {2}use: String\n/);
});

test("the copy passes the checks of types, style and imports", { timeout: 240_000 }, async () => {
  const [types, style, imports] = await checks;
  expect(types).toBe("");
  expect(style).not.toContain("Found");
  expect(imports).toContain("no dependency violations");
});

test("npm run demo shows the agency's own line about the newborn", { timeout: 120_000 }, () => {
  const printed = copy.run("demo", "--url", gateway);
  expect(printed).toMatch(/Cơ quan quản lý giáo dục \/ Education registry +– \(không có \/ none\)/);
  expect(printed).toContain("All of it is right.");
  newborn = /personal number (\d{12})/.exec(printed)?.[1];
});

test("a database that has data keeps them when an agency is added, and the new agency is seeded", async () => {
  expect(former.code).toMatch(/^H13\./);
  const { data } = await ask("clerk", "query ($code: ID!) { dossier(code: $code) { code state } }", former);
  expect(data.dossier).toEqual(former);
});

test("a dossier of the new procedure is granted by the rules of its agency", async () => {
  const { data } = await ask("clerk", SUBMIT, { input: anApplication(EVENING_CLASS), key: "evening-class" });
  expect(data.submitDossier.problems).toEqual([]);
  expect(data.submitDossier.dossier.state).toMatch(/^(COMPLETED|RETURNED)$/);
  const { enrolments } = (await ask("clerk", ENROLMENTS, { personalId: applicant?.personalId })).data.citizen;
  expect(enrolments).toEqual([{ school: "Trường Bổ túc Mẫu", grade: 12 }]);
});

test("a bundle whose folder is added runs at two agencies, and a second request for the same case is a problem", async () => {
  const input = JSON.stringify({ ...aBirthRequest(), father: null });
  const submitted = await ask("clerk", SUBMIT_NAME_DAY, { input, key: "name-day-1" });
  expect(submitted).toMatchObject({ data: { submitNameDay: { problems: [] } } });
  const { code } = submitted.data.submitNameDay;
  const { data } = await ask("clerk", contract("dossier"), { code });
  expect(data.dossier).toMatchObject({ state: "COMPLETED", outcome: "GRANTED", bundle: { name: "Ngày đặt tên" } });
  const shapeOf = (part: ResponseJson) => [part.agency.code, part.state, part.dependsOn.length];
  expect(data.dossier.parts.map(shapeOf)).toEqual([
    ["CIVIL_STATUS", "GRANTED", 0],
    ["RESIDENCE", "GRANTED", 1],
  ]);
  const again = await ask("clerk", SUBMIT_NAME_DAY, { input, key: "name-day-2" });
  expect(again.data.submitNameDay.problems).toEqual([expect.objectContaining({ code: "CHILD_ALREADY_REGISTERED" })]);
});

describe("through the gateway", () => {
  test("a caller with the permission reads the agency's seeded rows", async () => {
    const { data, errors } = await ask("clerk", ENROLMENTS, { personalId: mother });
    expect(errors).toBeUndefined();
    expect(data.citizen.enrolments).toEqual([{ school: "Trung tâm Giáo dục thường xuyên (mẫu)", grade: 12 }]);
  });

  test("a caller whose role may not hold the permission is refused", async () => {
    const { errors } = await ask("police", ENROLMENTS, { personalId: newborn }); // reached by the demo's dossier
    expect(errors).toContainEqual(
      expect.objectContaining({
        message: "This needs the permission education:read",
        extensions: expect.objectContaining({ code: "FORBIDDEN", scopes: [["education:read"]] }),
      }),
    );
  });

  test("the agency's officer is a persona, and the result of its procedure may be a part's result", async () => {
    expect(await (await fetch(`${gateway}/dev/personas`)).json()).toContain("school-officer");
    const { access_token: token } = await tokenOf("school-officer");
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect(claims).toMatchObject({ role: "school-officer", agency: "EDUCATION", province: "92" });
    expect(claims.scope.split(" ")).toContain("education:read");
    const { data } = await ask("clerk", '{ __type(name: "PartResult") { possibleTypes { name } } }');
    expect(data.__type.possibleTypes).toContainEqual({ name: "Enrolment" });
  });

  test("a part that the agency granted is read by the citizen it concerns, and by no other citizen", async () => {
    const part = {
      ...{ id: "01980000-0000-7000-8000-00000000e001", procedure: "school-enrolment", dossier: "H13.152-261124-0001" },
      ...{ office: "31471", receivedAt: new Date().toISOString() },
      content: { child: { personalId: mother }, enrolment: { school: "Trường Tiểu học Mẫu", grade: 1 } },
    };
    const deliver = "mutation ($part: PartInput!) { deliverPart(part: $part) { state result { type id } } }";
    const { data } = await askEducation(deliver, { part });
    expect(data.deliverPart).toMatchObject({ state: "GRANTED", result: { type: "Enrolment" } });
    const seen = await ask("citizen", ENROLMENTS, { personalId: mother });
    expect(seen.data.citizen.enrolments).toContainEqual({ school: "Trường Tiểu học Mẫu", grade: 1 });
    const other = caller("citizen", { personalId: families()[1]?.mother.personalId, permissions: [] });
    const entities =
      "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { enrolments { school } } } }";
    const of = [{ __typename: "Citizen", personalId: mother }];
    const stranger = { ...other, permissions: ["education:read"] } as unknown as typeof other; // the copy's permission
    expect((await askEducation(entities, { of }, stranger)).data._entities).toEqual([{ enrolments: [] }]);
  });
});

test("composition refuses a copied folder whose subgraph.ts still has the name of the other agency", {
  timeout: 120_000,
}, () => {
  const file = join(copy.directory, "subgraphs", "education", "subgraph.ts");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace('name: "education"', 'name: "land"'));
  try {
    expect(() => copy.run("compose")).toThrow(
      "subgraphs/education/subgraph.ts defines the subgraph land; its name must be that of its folder",
    );
  } finally {
    writeFileSync(file, text);
  }
});

/** Application on the common form. */
function anApplication(procedure: string): object {
  return {
    ...{ procedure, office: "31471", channel: "DESK", papers: [] },
    form: { subject: "Trường Bổ túc Mẫu", purpose: "Học lớp buổi tối" },
    declarant: { fullName: applicant?.fullName, personalId: applicant?.personalId, phone: "0912345678" },
  };
}

/** Adds an entry to the catalogue of the copy: the last one with these changes. */
function addToCatalogue(entry: object): void {
  const path = join(copy.directory, "subgraphs", "one-stop", "data", "procedures.json");
  const catalogue = JSON.parse(readFileSync(path, "utf8"));
  const added = { ...catalogue.procedures.at(-1), validFrom: null, requiredPapers: null, channels: ["DESK"], ...entry };
  writeFileSync(path, JSON.stringify({ ...catalogue, procedures: [...catalogue.procedures, added] }, null, 1));
}

/** Output of the type check, the linter and the check of imports; rejects with that of one that fails. */
function checked(directory: string): Promise<[types: string, style: string, imports: string]> {
  const check = async (tool: string, ...args: string[]) => {
    const path = projectPath("node_modules", ...tool.split("/"));
    return (await promisify(execFile)(path, args, { cwd: directory, encoding: "utf8" })).stdout;
  };
  const outputs = Promise.all([
    check("typescript-7/bin/tsc", "--noEmit"),
    check(".bin/biome", "lint", "--error-on-warnings", "subgraphs"),
    check(".bin/depcruise", "subgraphs", "--config", ".dependency-cruiser.cjs"),
  ]);
  outputs.catch(() => {}); // its test waits for it
  return outputs;
}

async function tokenOf(persona: string): Promise<{ access_token: string }> {
  return (await (await fetch(`${gateway}/dev/token?persona=${persona}`)).json()) as { access_token: string };
}

async function ask(persona: string, query: string, variables: object = {}): Promise<ResponseJson> {
  const { access_token: token } = await tokenOf(persona);
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const response = await fetch(`${gateway}/graphql`, {
    method: "POST",
    headers,
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

/** Asks the agency past the gateway, by default as the one-stop desk does. */
async function askEducation(query: string, variables: object, by = caller("service")): Promise<ResponseJson> {
  const name = "education" as SubgraphName; // an agency of the copy's list
  const body = JSON.stringify({ query, variables });
  const keys = keysFor(name, { MOTCUA_DATA: join(copy.directory, ".data") });
  const identity = signIdentity(keys, { audience: name, issuer: "test", body, caller: by, now: Date.now() });
  const headers = { "content-type": "application/json", "x-motcua-identity": identity };
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, { method: "POST", headers, body });
  return response.json();
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
