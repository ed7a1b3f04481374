import { describe, expect, it } from "vitest";
import { aBirthNotice, aBirthRequest, aFamily, dossierThatIs } from "../given.ts";
import {
  acknowledged,
  BIRTH,
  type DossierData,
  isDone,
  partOf,
  registered,
  shortBackoff,
} from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const registrar: Persona = { persona: "registrar" };
const WORK = `query ($first: Int!) { workList(filter: { agency: CIVIL_STATUS }, first: $first) { nodes {
  dossier { code }
  part { id likenesses { id rule text dossier { code } entry { __typename ... on BirthRegistration { id number } }
    facts { field here there } comparedBy { id } } } } } }`;

/** A registered child, and a dossier of the next day's child of the same couple that nobody declared as a twin. */
async function twoLikeBirths() {
  const family = aFamily();
  const first = await acknowledged(world.current, aBirthRequest(family));
  const input = aBirthRequest(family);
  input.child = { ...input.child, dateOfBirth: "2026-11-17", birthNotice: aBirthNotice() };
  const { code } = await acknowledged(world.current, input);
  const second = await dossierThatIs(world.current, code, (found) => partOf(found, BIRTH).state === "PROCESSING");
  return { first, second, part: await workItem(code) };
}

async function workItem(code: string): Promise<DossierData> {
  const { data, errors } = await world.current.ask(registrar, WORK, { first: 30 });
  if (!data) throw new Error(JSON.stringify(errors));
  return data.workList.nodes.find((node: DossierData) => node.dossier.code === code)?.part;
}

async function decide(part: string, grant: object): Promise<DossierData> {
  const variables = { part, decision: { grant }, idempotencyKey: `like-${process.pid}-${serial("key")}` };
  return (await world.current.ask(registrar, contract("decide-part"), variables)).data.decidePart;
}

describe("a second child of one mother that is not declared as a twin", () => {
  it("a suspected duplicate waits for an officer, whose work item shows both births", async () => {
    const { first, part } = await twoLikeBirths();
    expect(part.likenesses).toMatchObject([
      { rule: "LIKE_CHILD_OF_SAME_PARENTS", dossier: { code: first.code }, comparedBy: null },
    ]);
    const [{ entry, facts }] = part.likenesses;
    expect(entry).toMatchObject({ __typename: "BirthRegistration", number: expect.stringMatching(/\/2026$/) });
    expect(facts).toContainEqual({ field: "child.dateOfBirth", here: "2026-11-17", there: "2026-11-16" });
  });

  it("a suspected duplicate is granted only by a recorded decision that names the compared entries", async () => {
    const { second, part } = await twoLikeBirths();
    const blind = await decide(part.id, { facts: {} });
    expect(blind.problems).toMatchObject([{ code: "LIKENESS_NOT_COMPARED", path: ["decision", "grant", "compared"] }]);
    const seen = await decide(part.id, { facts: {}, compared: part.likenesses.map(({ id }: DossierData) => id) });
    expect(seen).toMatchObject({ problems: [], part: { state: "GRANTED" } });
    await dossierThatIs(world.current, second.code, isDone);
    expect(await registered(world.current, [second.code])).toMatchObject({ births: 1, cards: 1 });
    const COMPARED = "query ($code: ID!) { dossier(code: $code) { parts { likenesses { comparedBy { id } } } } }";
    const { data } = await world.current.ask(registrar, COMPARED, { code: second.code });
    expect(data.dossier.parts[0].likenesses).toMatchObject([{ comparedBy: { id: expect.any(String) } }]);
    const acts = await world.current.sql("one-stop")`
      select a.details from acts a join dossiers d on d.id = a.dossier_id where d.code = ${second.code}`;
    expect(JSON.stringify(acts[0]?.details)).toContain(part.likenesses[0].entry.id);
  });

  it("the like entry of a suspected duplicate is shown only to callers who decide the part", async () => {
    const { second } = await twoLikeBirths();
    const LIKE = "query ($code: ID!) { dossier(code: $code) { parts { likenesses { id } } } }";
    const { data, errors } = await world.current.ask(clerk, LIKE, { code: second.code });
    expect(data.dossier.parts[0].likenesses).toBeNull();
    expect(errors?.[0]).toMatchObject({
      path: ["dossier", "parts", 0, "likenesses"],
      extensions: { code: "NOT_FOUND" },
    });
  });
});
