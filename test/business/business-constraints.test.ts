import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { definition } from "../../subgraphs/business/subgraph.ts";
import { type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aBranch, aHousehold, anEnterprise, aPerson, aTaxCode, businessOfficer } from "./business-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { done } = businessOfficer(() => agency);
const household = (more: object = {}) => done("registerHouseholdBusiness", aHousehold(more));

/** Runs SQL as one transaction. @returns the name of the constraint that refuses it; undefined if none does */
async function refusal(statements: string): Promise<string | undefined> {
  const running = agency.sql.begin((sql) => sql.unsafe(statements));
  return running.then(
    () => undefined,
    (error: { constraint_name?: string; message: string }) => error.constraint_name ?? error.message,
  );
}

const idOf = async (code: string): Promise<string> => {
  const [found] = await agency.sql`select id from businesses where code = ${code}`;
  return found?.id;
};

const head = (id: string, code: string, parent = "null") =>
  `insert into businesses values ('${id}', '${code}', ${parent});`;

type Entered = { kind?: string; state?: string; people?: number; lines?: number };
const version = (
  id: string,
  number: number,
  { kind = "HOUSEHOLD", state = "ACTIVE", people = 1, lines = 1 }: Entered = {},
) => `
  insert into business_versions (business_id, version, valid_from, recorded_by, ground, name, kind, commune_list, commune_code,
    address_line, registered_on, state, people_count, line_count)
  values ('${id}', ${number}, '2026-11-01', 'test', 'test', 'Mẫu', '${kind}', '2025-07-01', '31471', 'Số 1', '2026-11-01',
    '${state}', ${people}, ${lines});`;
const person = (id: string, number: number, role: string, personalId = aPerson(role).personalId) =>
  `insert into business_people (business_id, version, role, personal_id) values ('${id}', ${number}, '${role}', '${personalId}');`;
const line = (id: string, number: number, place = 1, code = "4711") =>
  `insert into business_lines values ('${id}', ${number}, ${place}, '2025', '${code}');`;

describe("what the database of the business register refuses, whoever asks", () => {
  test("a version without its people or lines, or with more than it says, is refused", async () => {
    const id = await idOf(await household());
    expect(await refusal(version(id, 2))).toBe("business_versions_complete");
    expect(await refusal(version(id, 2) + person(id, 2, "OWNER"))).toBe("business_versions_complete");
    const members = person(id, 2, "OWNER") + person(id, 2, "MEMBER");
    expect(await refusal(version(id, 2) + members + line(id, 2))).toBe("business_versions_complete");
    expect(await refusal(version(id, 2, { people: 0 }))).toBe("business_versions_counts");
  });

  test("a person or a line that is added to a version later is refused", async () => {
    const id = await idOf(await household());
    expect(await refusal(person(id, 1, "MEMBER"))).toBe("business_versions_complete");
    expect(await refusal(line(id, 1, 2, "5610"))).toBe("business_versions_complete");
  });

  test.each<[string, string[]]>([
    ["HOUSEHOLD", ["OWNER", "OWNER"]],
    ["HOUSEHOLD", ["MEMBER"]],
    ["HOUSEHOLD", ["OWNER", "REPRESENTATIVE"]],
    ["ENTERPRISE", ["OWNER"]],
    ["ENTERPRISE", ["REPRESENTATIVE", "HEAD"]],
    ["BRANCH", ["HEAD", "HEAD"]],
    ["BRANCH", ["OWNER"]],
  ])("a %s with the people %j is refused", async (kind, roles) => {
    const enterprise = await done("registerEnterprise", anEnterprise());
    const code = await (kind === "HOUSEHOLD"
      ? household()
      : kind === "BRANCH"
        ? done("registerBusinessBranch", aBranch(enterprise))
        : enterprise);
    const id = await idOf(code);
    const people = roles.map((role) => person(id, 2, role)).join("");
    const entered = version(id, 2, { kind, people: roles.length }) + people + line(id, 2);
    expect(await refusal(entered)).toBe("business_people_of_kind");
  });

  test("a second household business of a person is refused", async () => {
    const owner = aPerson("OWNER");
    await household({ people: [owner] });
    const id = await idOf(await household());
    const entered = version(id, 2) + person(id, 2, "OWNER", owner.personalId) + line(id, 2);
    expect(await refusal(entered)).toBe("live_businesses_household_owner");
  });

  test("a version that does not follow the one in force is refused, and so is one after the end of an enterprise", async () => {
    const id = await idOf(await household());
    const skipped = version(id, 3) + person(id, 3, "OWNER") + line(id, 3);
    expect(await refusal(skipped)).toBe("business_versions_in_order");
    const enterprise = await done("registerEnterprise", anEnterprise());
    await done("endBusiness", { business: enterprise, ground: "Mẫu" });
    const ended = await idOf(enterprise);
    const again = version(ended, 3, { kind: "ENTERPRISE" }) + person(ended, 3, "REPRESENTATIVE") + line(ended, 3);
    expect(await refusal(again)).toBe("business_versions_in_order");
  });

  test("a code that is not one of the kind is refused", async () => {
    const [id, owner] = [uuidv7(), aPerson("OWNER").personalId];
    expect(await refusal(head(id, aTaxCode()) + version(id, 1))).toBe("business_versions_code_of_kind");
    expect(await refusal(head(id, owner) + version(id, 1, { kind: "ENTERPRISE" }))).toBe(
      "business_versions_code_of_kind",
    );
  });

  test("a branch with the code of another enterprise, or of a branch, is refused", async () => {
    const enterprise = await done("registerEnterprise", anEnterprise());
    const branch = await done("registerBusinessBranch", aBranch(enterprise));
    const [parent, child] = [await idOf(enterprise), await idOf(branch)];
    expect(await refusal(head(uuidv7(), `${aTaxCode()}-001`, `'${parent}'`))).toBe("businesses_branch_code");
    expect(await refusal(head(uuidv7(), `${enterprise}-002`, `'${child}'`))).toBe("businesses_branch_code");
  });

  test("an enterprise with a branch does not end, and one that has ended gets no branch", async () => {
    const enterprise = await done("registerEnterprise", anEnterprise());
    const branch = await done("registerBusinessBranch", aBranch(enterprise));
    const parent = await idOf(enterprise);
    const end = version(parent, 2, { kind: "ENTERPRISE", state: "ENDED" });
    expect(await refusal(end)).toBe("enterprise_without_branches");
    await done("endBusiness", { business: branch, ground: "Mẫu" });
    await done("endBusiness", { business: enterprise, ground: "Mẫu" });
    const id = uuidv7();
    const late = head(id, `${enterprise}-002`, `'${parent}'`) + version(id, 1, { kind: "BRANCH" });
    expect(await refusal(late)).toBe("branch_of_live_enterprise");
  });

  test("a suspension that ends before it begins, or of an enterprise without an end, is refused", async () => {
    const id = await idOf(await done("registerEnterprise", anEnterprise()));
    const suspended = (from: string, to: string) =>
      version(id, 2, { kind: "ENTERPRISE" })
        .replace("line_count)", "line_count, suspended_from, suspended_to)")
        .replace("1, 1);", `1, 1, ${from}, ${to});`);
    for (const [from, to] of [
      ["'2026-12-02'", "'2026-12-01'"],
      ["'2026-12-01'", "null"],
      ["null", "'2026-12-01'"],
    ] as const)
      expect(await refusal(suspended(from, to)), `${from} ${to}`).toBe("business_versions_suspension");
  });

  test.each(["live_businesses", "live_licences"])("the table %s follows from versions alone", async (table) => {
    for (const change of [`delete from ${table}`, `update ${table} set version = version`, `truncate ${table} cascade`])
      expect(await refusal(change)).toContain("follows from versions");
  });

  test.each(["acts", "act_businesses"])("the business table %s is append-only", async (table) => {
    expect(await refusal(`delete from ${table}`)).toContain("is append-only");
  });
});
