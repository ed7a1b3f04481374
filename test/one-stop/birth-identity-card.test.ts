import { describe, expect, it } from "vitest";
import { aBirthRequest, type BirthInput, dossierThatIs, submit } from "../given.ts";
import {
  acknowledged,
  type DossierData,
  inFaultMode,
  isDone,
  partOf,
  problemsOf,
  setClock,
  shortBackoff,
  statesOf,
} from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const ID_CARD = "1.014062";
const aKey = () => `card-${process.pid}-${serial("key")}`;

type CardWish = { wanted: boolean; issuingOffice?: string; deliveryAddress?: { line: string; commune: string } };

/** Request that wants the identity card of the child, too. */
function withCard(more: object = {}, identityCard: CardWish = { wanted: true }): BirthInput {
  return Object.assign(aBirthRequest(), { identityCard, ...more });
}

const isAtPolice = (dossier: DossierData) => partOf(dossier, ID_CARD).state === "PROCESSING";

/** The dossier once the police have the card's part. */
async function atThePolice(input: BirthInput): Promise<DossierData> {
  return dossierThatIs(world.current, (await acknowledged(world.current, input)).code, isAtPolice);
}

async function decide(dossier: DossierData, decision: object, who: Persona = { persona: "police" }) {
  const variables = { part: partOf(dossier, ID_CARD).id, decision, idempotencyKey: aKey() };
  return world.current.ask(who, contract("decide-part"), variables);
}

const GRANT = { grant: { facts: {} } };
const REFUSE = { refuse: { reason: "Thiếu ảnh", legalBasis: "Luật Căn cước số 26/2023/QH15, Điều 23" } };

async function versionOf(code: string): Promise<number> {
  const [row] = await world.current.sql("one-stop")`select definition_version as v from dossiers where code = ${code}`;
  return row?.v;
}

describe("a birth with an identity card", () => {
  it("the card waits for the personal number, then for an officer of the police, while the other parts are granted", async () => {
    const waiting = await atThePolice(withCard());
    const granted = await dossierThatIs(world.current, waiting.code, (found) =>
      statesOf(found).every((state) => state === "GRANTED"),
    );
    expect(granted).toMatchObject({ outcome: null, state: "IN_PROGRESS" });
    expect(partOf(granted, ID_CARD).dependsOn).toEqual([{ id: granted.parts[0].id }]);
    const { data } = await decide(granted, GRANT);
    expect(data.decidePart).toMatchObject({ problems: [], part: { state: "GRANTED" } });
    expect(await dossierThatIs(world.current, waiting.code, isDone)).toMatchObject({
      outcome: "GRANTED",
      bundle: { code: "3.000722", name: expect.stringContaining("cấp thẻ bảo hiểm y tế, cấp thẻ căn cước") },
    });
  });

  it("the card has seven working days, and the dossier is due with it; without a card the group keeps its three", async () => {
    const waiting = await atThePolice(withCard());
    const card = partOf(waiting, ID_CARD);
    expect(card.dueAt).toBe("2026-12-03T23:59:59+07:00");
    expect(waiting.dueAt).toBe(card.dueAt);
    const plain = await acknowledged(world.current, aBirthRequest());
    expect(plain.dueAt < card.dueAt).toBe(true);
  });

  it("a dossier without a card is of the version before, as those of earlier releases are", async () => {
    const plain = await acknowledged(world.current, aBirthRequest());
    const card = await atThePolice(withCard());
    expect([await versionOf(plain.code), await versionOf(card.code)]).toEqual([3, 4]);
    expect(plain.parts.map((part: DossierData) => part.procedure.code)).not.toContain(ID_CARD);
  });

  it.each<[string, object, string[]]>([
    ["residence", { insurance: null }, ["1.001193", "1.004222", ID_CARD]],
    ["health-insurance card", { residence: null }, ["1.001193", "1.014137", ID_CARD]],
    ["nothing else", { residence: null, insurance: null }, ["1.001193", ID_CARD]],
  ])("the applicant combines the identity card with %s", async (_, choice, procedures) => {
    const { parts } = await acknowledged(world.current, withCard(choice));
    expect(parts.map((part: DossierData) => part.procedure.code)).toEqual(procedures);
  });

  it("the police of the issuing office alone see the part", async () => {
    const waiting = await atThePolice(withCard({}, { wanted: true, issuingOffice: "00004" }));
    const { errors } = await decide(waiting, GRANT);
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    const { data } = await decide(waiting, GRANT, { persona: "police", commune: "00004" });
    expect(data.decidePart.problems).toEqual([]);
  });

  it("officers of other agencies do not decide it", async () => {
    const waiting = await atThePolice(withCard());
    const { errors } = await decide(waiting, GRANT, { persona: "insurer" });
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    expect((await dossierThatIs(world.current, waiting.code, isAtPolice)).outcome).toBeNull();
  });

  it("a refused card leaves the other parts granted, and is refiled alone with its changes", async () => {
    const waiting = await atThePolice(withCard());
    await decide(waiting, REFUSE);
    const ended = await dossierThatIs(world.current, waiting.code, isDone);
    expect(ended.outcome).toBe("PARTLY_GRANTED");
    expect(statesOf(ended)).toEqual(["GRANTED", "GRANTED", "GRANTED"]);
    const REFILE = `mutation ($part: ID!, $changes: RefileChanges!, $key: String!) {
      refilePart(part: $part, changes: $changes, idempotencyKey: $key) {
        dossier { code parts { procedure { code } } } problems { code path } } }`;
    const refile = async (changes: object) => {
      const variables = { part: partOf(ended, ID_CARD).id, changes, key: aKey() };
      return (await world.current.ask({ persona: "clerk" }, REFILE, variables)).data.refilePart;
    };
    expect((await refile({ identityCard: { wanted: true, issuingOffice: "99999" } })).problems).toEqual([
      { code: "COMMUNE_UNKNOWN", path: ["changes", "identityCard", "issuingOffice"] },
    ]);
    const { dossier, problems } = await refile({ identityCard: { wanted: true, issuingOffice: "31150" } });
    expect(problems).toEqual([]);
    expect(dossier.parts).toEqual([{ procedure: { code: ID_CARD } }]);
    const [step] = await world.current.sql("one-stop")`
      select s.office from steps s join dossiers d on d.id = s.dossier_id where d.code = ${dossier.code} and s.part`;
    expect(step?.office).toBe("31150");
  });

  it("while the population register is down the card waits, and it comes to the police once the number is there", async () => {
    const waiting = await inFaultMode(world.current, "RESIDENCE", "DOWN", async () => {
      const { code } = await acknowledged(world.current, withCard(), { waitMs: 0 });
      const isBorn = (found: DossierData) => found.parts[0].state === "GRANTED";
      const born = await dossierThatIs(world.current, code, isBorn);
      expect(partOf(born, ID_CARD).state).toBe("BLOCKED");
      return born;
    });
    await dossierThatIs(world.current, waiting.code, isAtPolice);
  });

  it("one key gives one dossier with one card", async () => {
    const [input, key] = [withCard(), aKey()];
    const both = await Promise.all([submit(world.current, input, { key }), submit(world.current, input, { key })]);
    const [one, other] = both.map(({ data }) => data.submitBirthBundle.dossier?.code);
    expect(one).toBeDefined();
    expect(other).toBe(one);
    const without = Object.assign({ ...input }, { identityCard: { wanted: false } });
    expect(problemsOf(await submit(world.current, without, { key }))[0]?.code).toBe("IDEMPOTENCY_CONFLICT");
  });

  it("a request of before 2026-09-01 has no identity card in the group", async () => {
    setClock(world.current, "2026-08-31T09:00:00+07:00");
    const child = { ...aBirthRequest().child, dateOfBirth: "2026-08-20" };
    const { data } = await submit(world.current, withCard({ child }));
    expect(problemsOf({ data }).map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([
      "NOT_OFFERED_YET identityCard",
    ]);
  });
});
