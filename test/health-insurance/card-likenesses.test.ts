import { randomInt } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliverPart } from "../../subgraphs/_shared/parts/delivery.ts";
import { instructPart } from "../../subgraphs/_shared/parts/instruction.ts";
import { PLAIN_MODE } from "../../subgraphs/_shared/serving/serving-mode.ts";
import { definition } from "../../subgraphs/health-insurance/subgraph.ts";
import { serial } from "../kit/serial-numbers.ts";
import { a, type ServedAgency, serveAgency } from "./served-agency.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const OF_PARENT = "LIKE_HOLDER_OF_SAME_PARENT";
const WITHOUT_PARENTS = "SAME_HOLDER_WITHOUT_KNOWN_PARENTS";

type Child = { fullName: string; dateOfBirth?: string; multipleBirth?: object };
type Parents = { mother: { personalId: string | null } | null; father: { personalId: string | null } | null };
const number = (kind: string) => `09319${kind}${String(serial("parent")).padStart(6, "0")}`;
const couple = (): Parents => ({ mother: { personalId: number("5") }, father: { personalId: number("3") } });
const nobody: Parents = { mother: { personalId: null }, father: null };

function aPart(child: Child, parents: Parents, more: object = {}) {
  const personalId = `093226${String(serial("child") + 700_000)}`;
  const dossier = `H13.152-261123-${String(randomInt(1_000_000)).padStart(6, "0")}`;
  return {
    ...{ id: uuidv7(), procedure: "1.014137", dossier, office: "31471" },
    receivedAt: new Date("2026-11-23T09:00:00+07:00"),
    content: {
      child: { personalId, dateOfBirth: "2026-11-16", ...child },
      ...parents,
      insurance: { facility: "93012" },
      ...more,
    },
  };
}

type Delivered = ReturnType<typeof aPart>;
function delivery() {
  const procedures = { handlers: definition.procedures, officer: new Set<string>() };
  return {
    db: agency.db,
    procedures,
    caller: a("service"),
    now: new Date("2026-11-23T09:00:00+07:00"),
    mode: PLAIN_MODE,
  };
}
const deliver = (part: Delivered) => deliverPart(delivery(), part);

const BAO = "Lê Gia Bảo";
type Vector = { name: string; first: Child; second: Child; parents?: "OTHER" | "UNKNOWN" | "ONE"; rule: string | null };
const VECTORS: Vector[] = [
  { name: "the same name and day", first: { fullName: BAO }, second: { fullName: BAO }, rule: OF_PARENT },
  {
    name: "a name that sounds alike",
    first: { fullName: "Lê Gia Xuân" },
    second: { fullName: "Nê Da Suân" },
    rule: OF_PARENT,
  },
  {
    name: "one parent in common and a slip in the year",
    ...{
      first: { fullName: BAO, dateOfBirth: "2025-11-16" },
      second: { fullName: BAO },
      parents: "ONE",
      rule: OF_PARENT,
    },
  },
  { name: "another name", first: { fullName: BAO }, second: { fullName: "Trịnh Thị Hoa" }, rule: null },
  {
    name: "two years between the births",
    ...{ first: { fullName: BAO, dateOfBirth: "2024-11-16" }, second: { fullName: BAO }, rule: null },
  },
  { name: "other parents", first: { fullName: BAO }, second: { fullName: BAO }, parents: "OTHER", rule: null },
  {
    name: "unknown parents",
    ...{ first: { fullName: "Cao Thái Sơn" }, second: { fullName: "Cao Thái Xơn" }, parents: "UNKNOWN" },
    rule: WITHOUT_PARENTS,
  },
  {
    name: "unknown parents and a slip of the pen",
    ...{ first: { fullName: "Mai Đình Phú" }, second: { fullName: "Mai Đnìh Phú" }, parents: "UNKNOWN", rule: null },
  },
  {
    name: "a declared twin",
    ...{
      first: { fullName: BAO },
      second: { fullName: "Lê Gia Bách", multipleBirth: { order: 2, of: 2 } },
      rule: null,
    },
  },
];

/** The part of a second child beside the card of a first one. */
async function secondChild({ first, second, parents }: Omit<Vector, "name" | "rule">, more: object = {}) {
  const own = couple();
  const issued = aPart(first, own);
  const card = await deliver(issued);
  expect(card.state).toBe("GRANTED");
  const named = { OTHER: couple(), UNKNOWN: nobody, ONE: { ...couple(), mother: own.mother } };
  return { issued, card, part: aPart(second, parents ? named[parents] : own, more) };
}

const twice = { first: { fullName: BAO }, second: { fullName: BAO, dateOfBirth: "2026-11-18" } };

describe("likenesses of holders of cards", () => {
  test.each(VECTORS)("a card part beside the card of a child: $name", async ({ rule, ...vector }) => {
    const { part } = await secondChild(vector);
    const { state, likenesses } = await deliver(part);
    expect(likenesses?.map((each) => each.rule) ?? []).toEqual(rule === null ? [] : [rule]);
    expect(state).toBe(rule === null ? "GRANTED" : "PROCESSING");
  });

  test("both holders stand side by side, and an officer grants only with the id of the compared card", async () => {
    const { issued, card, part } = await secondChild(twice);
    const { likenesses } = await deliver(part);
    expect(likenesses).toMatchObject([{ id: card.result?.id, type: "HealthInsuranceCard", dossier: issued.dossier }]);
    expect(likenesses?.[0]?.facts).toContainEqual({
      ...{ field: "child.dateOfBirth", label: "Ngày sinh" },
      ...{ here: "2026-11-18", there: "2026-11-16" },
    });
    const grant = (compared: string[]) =>
      instructPart(delivery(), part.id, { by: "insurer", grant: { facts: {}, compared } });
    expect((await grant([]))?.state).toBe("PROCESSING");
    expect((await grant([card.result?.id ?? ""]))?.state).toBe("GRANTED");
  });

  test("a pair of holders that civil status compared at the registration of birth is not compared again", async () => {
    const first = aPart(twice.first, couple());
    await deliver(first);
    const { mother, father } = first.content;
    const second = aPart(twice.second, { mother, father }, { comparedDossiers: [first.dossier] });
    expect((await deliver(second)).state).toBe("GRANTED");
  });

  test("two like holders who are delivered at the same moment do not both get a card without an officer", async () => {
    for (let round = 0; round < 5; round++) {
      const parents = couple();
      const parts = ["2026-11-16", "2026-11-17"].map((dateOfBirth) => aPart({ fullName: BAO, dateOfBirth }, parents));
      const states = (await Promise.all(parts.map(deliver))).map(({ state }) => state);
      expect(states.sort()).toEqual(["GRANTED", "PROCESSING"]);
    }
  });
});
