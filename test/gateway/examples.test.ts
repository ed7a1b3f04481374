import { readdirSync, readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { type DossierData, problemsOf, shortBackoff } from "../kit/dossier-outcomes.ts";
import { contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const documents = readdirSync(projectPath("test", "contract"))
  .filter((file) => file.endsWith(".graphql"))
  .map((file) => file.slice(0, -".graphql".length));
const schema = buildSchema(readFileSync(projectPath("schema", "api.graphql"), "utf8"));
/** A document whose operation is not offered yet has an example, and nothing to send it to. */
const offered = documents.filter((name) => validate(schema, parse(contract(name))).length === 0);

async function example(name: string, state = ""): Promise<{ status: number; body: DossierData }> {
  const query = state ? `?state=${state}` : "";
  const response = await fetch(`${world.current.url}/dev/example/${name}${query}`);
  return { status: response.status, body: await response.json() };
}

/** Problems of a mutation, also those of the items of a batch. */
function problemsIn(value: DossierData): DossierData[] {
  return [...(value?.problems ?? []), ...(value?.results ?? []).flatMap((each: DossierData) => each.problems)];
}

describe("GET /dev/example/NAME", () => {
  it.each(offered)(
    "GET /dev/example/NAME gives variables with which the contract's document %s succeeds, twice",
    async (name) => {
      for (const round of [1, 2]) {
        const { status, body } = await example(name);
        expect(status, `round ${round}: ${JSON.stringify(body)}`).toBe(200);
        const { data, errors } = await world.current.ask({ persona: body.persona }, contract(name), body.variables);
        expect(errors).toBeUndefined();
        const [value] = Object.values(data);
        expect(value).not.toBeNull();
        expect(problemsIn(value)).toEqual([]);
      }
    },
  );

  it.each([
    ["submit-birth-bundle", "duplicate", /^CHILD_ALREADY_/],
    ["submit-birth-bundle", "refused", /^FACILITY_UNKNOWN$/],
    ["submit-death-bundle", "duplicate", /^DECEASED_ALREADY_SUBMITTED$/],
    ["submit-death-bundle", "refused", /^CARD_NOT_FOUND$/],
    ["submit-business-start-bundle", "duplicate", /^BUSINESS_ALREADY_SUBMITTED$/],
    ["submit-business-start-bundle", "refused", /^INDUSTRY_MALFORMED$/],
    ["submit-move-bundle", "duplicate", /^PERSON_ALREADY_MOVING$/],
    ["submit-move-bundle", "refused", /^FACILITY_UNKNOWN$/],
    ["submit-marriage-bundle", "duplicate", /^COUPLE_ALREADY_SUBMITTED$/],
    ["submit-marriage-bundle", "refused", /^HOUSEHOLD_UNKNOWN$/],
    ["submit-land-transfer-bundle", "duplicate", /^TRANSFER_ALREADY_SUBMITTED$/],
    ["submit-land-transfer-bundle", "refused", /^CERTIFICATE_UNKNOWN$/],
  ])("GET /dev/example/NAME gives %s in the state %s", async (name, state, code) => {
    const { body } = await example(name, state);
    const answer = await world.current.ask({ persona: body.persona }, contract(name), body.variables);
    expect(problemsOf(answer).map((problem) => problem.code)).toContainEqual(expect.stringMatching(code));
  });

  it("GET /dev/example/NAME gives a dossier with a refused part, and the refusing decision of an officer", async () => {
    const { body } = await example("dossier", "refused");
    const { data } = await world.current.ask({ persona: body.persona }, contract("dossier"), body.variables);
    expect(data.dossier).toMatchObject({ outcome: "REFUSED" });
    const decision = await example("decide-part", "refused");
    const decided = await world.current.ask({ persona: "registrar" }, contract("decide-part"), decision.body.variables);
    expect(decided.data.decidePart.part).toMatchObject({ state: "REFUSED", refusal: { reason: "Không đủ điều kiện" } });
  });

  it("GET /dev/example/NAME refuses another state, and knows no other document", async () => {
    expect(await example("dossier", "spoilt")).toMatchObject({ status: 400, body: { error: { field: "state" } } });
    expect((await example("nothing")).status).toBe(404);
    expect((await example("constructor")).status).toBe(404);
  });
});
