import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { serial } from "../kit/serial-numbers.ts";
import {
  numberContent,
  openResidence,
  part,
  type ResidenceWorld,
  residenceContentOf,
  type SAMPLE,
  settleNewborn,
} from "./residence-database.ts";

let world: ResidenceWorld;
beforeAll(async () => {
  world = await openResidence();
});
afterAll(() => world.close());

const OF_HOUSEHOLD = "LIKE_MEMBER_OF_HOUSEHOLD";
const OF_PARENT = "LIKE_RESIDENT_OF_SAME_PARENT";
const WITHOUT_PARENTS = "SAME_RESIDENT_WITHOUT_KNOWN_PARENTS";

type Family = typeof SAMPLE;
const aFamily = () => families()[20 + serial("family of a likeness")] as Family;
const born = (fullName: string, dateOfBirth = "2026-11-16") => ({ fullName, dateOfBirth });
const withoutNumbers = (family: Family) => ({
  ...family,
  mother: { ...family.mother, personalId: null as unknown as string },
  father: { ...family.father, personalId: null as unknown as string },
});

/** A registered child of a family, and a part of another child; `parents` are those that the second request names. */
type Vector = {
  name: string;
  first: ReturnType<typeof born>;
  second: ReturnType<typeof born>;
  multipleBirth?: object;
  household?: "SAME" | "OTHER";
  parents?: "SAME" | "OTHER" | "UNKNOWN";
  rule: string | null;
};
const VECTORS: Vector[] = [
  {
    name: "the same name, the next day",
    first: born("Lê Gia Bảo"),
    second: born("Lê Gia Bảo", "2026-11-17"),
    rule: OF_HOUSEHOLD,
  },
  { name: "a name that sounds alike", first: born("Lê Gia Xuân"), second: born("Nê Da Suân"), rule: OF_HOUSEHOLD },
  { name: "two slips of the pen", first: born("Đỗ Minh Khôi"), second: born("Đỗ Mnih Khoi"), rule: OF_HOUSEHOLD },
  { name: "another name", first: born("Lê Gia Bảo"), second: born("Trịnh Thị Hoa"), rule: null },
  {
    name: "a like cousin in the same household",
    ...{ first: born("Lê Gia Bảo"), second: born("Lê Gia Bảo"), parents: "OTHER", rule: OF_HOUSEHOLD },
  },
  {
    name: "a like cousin in the same household, six months older",
    ...{ first: born("Lê Gia Bảo", "2026-05-16"), second: born("Lê Gia Bảo"), parents: "OTHER", rule: null },
  },
  {
    name: "the same parents, a slip in the year",
    ...{ first: born("Lê Gia Bảo", "2025-11-16"), second: born("Lê Gia Bảo"), rule: OF_PARENT },
  },
  {
    name: "the same parents, another household",
    ...{ first: born("Lê Gia Bảo"), second: born("Lê Gia Bảo"), household: "OTHER", rule: OF_PARENT },
  },
  {
    name: "the same parents, two years between the births",
    ...{ first: born("Lê Gia Bảo", "2024-11-16"), second: born("Lê Gia Bảo"), rule: null },
  },
  {
    name: "other parents and another household",
    ...{ first: born("Lê Gia Bảo"), second: born("Lê Gia Bảo"), household: "OTHER", parents: "OTHER", rule: null },
  },
  {
    name: "unknown parents and another household",
    ...{ first: born("Cao Thái Sơn"), second: born("Cao Thái Xơn"), household: "OTHER", parents: "UNKNOWN" },
    rule: WITHOUT_PARENTS,
  },
  {
    name: "unknown parents, another household and day",
    ...{ first: born("Mai Đình Phú"), second: born("Mai Đình Phú", "2026-11-17"), household: "OTHER" },
    ...{ parents: "UNKNOWN", rule: null },
  },
  {
    name: "a declared twin",
    ...{ first: born("Lê Gia Bảo"), second: born("Lê Gia Bách"), multipleBirth: { order: 2, of: 2 }, rule: null },
  },
  {
    name: "a declared twin of other parents",
    ...{ first: born("Lê Gia Bảo"), second: born("Lê Gia Bảo"), multipleBirth: { order: 2, of: 2 }, parents: "OTHER" },
    rule: OF_HOUSEHOLD,
  },
];

/** A part of a second child beside a registered one. */
async function secondChild({ first, second, multipleBirth, household, parents }: Omit<Vector, "name" | "rule">) {
  const [family, other] = [aFamily(), aFamily()];
  const registered = await settleNewborn(world, family, {}, first);
  const couple = parents === "OTHER" ? other : parents === "UNKNOWN" ? withoutNumbers(family) : family;
  const number = await world.deliver(part("personal-number", numberContent(couple, second)));
  const at = household === "OTHER" ? other : family;
  const content = residenceContentOf(at, number.facts?.personalId ?? "");
  const { mother, father } = couple;
  const child = { ...content.child, multipleBirth };
  return { registered, content: { ...content, child, mother: { ...mother }, father: { ...father } } };
}

const twice = { first: born("Lê Gia Bảo"), second: born("Lê Gia Bảo", "2026-11-18") };

describe("likenesses of residents", () => {
  test.each(VECTORS)("a residence part beside a registered child: $name", async ({ rule, ...vector }) => {
    const { registered, content } = await secondChild(vector);
    expect(registered.settled.state).toBe("GRANTED");
    const { state, likenesses } = await world.deliver(part("1.004222", content));
    expect(likenesses?.map((each) => each.rule) ?? []).toEqual(rule === null ? [] : [rule]);
    if (rule !== null) expect(state).toBe("PROCESSING");
  });

  test("both residents stand side by side, fact by fact, with the entry and its dossier", async () => {
    const { registered, content } = await secondChild(twice);
    const { likenesses } = await world.deliver(part("1.004222", content));
    const { residencyId: id, dossier } = registered;
    expect(likenesses).toMatchObject([{ id, type: "Residency", dossier }]);
    expect(likenesses?.[0]?.facts).toContainEqual({
      ...{ field: "child.dateOfBirth", label: "Ngày sinh" },
      ...{ here: "2026-11-18", there: "2026-11-16" },
    });
  });

  test("an officer grants a like resident only with the ids of what was compared", async () => {
    const { registered, content } = await secondChild(twice);
    const second = part("1.004222", content);
    await world.deliver(second);
    const grant = (compared: string[]) => world.instruct(second.id, { by: "police", grant: { facts: {}, compared } });
    expect((await grant([]))?.state).toBe("PROCESSING");
    expect(await grant([registered.residencyId])).toMatchObject({
      ...{ state: "GRANTED", facts: { comparedDossiers: registered.dossier } },
    });
  });

  test("a resident who was compared before and whom the register has lost is entered again, with the fact of the comparison", async () => {
    const { registered, content } = await secondChild(twice);
    const facts = { comparedDossiers: registered.dossier };
    const lost = part("1.004222", { ...content, grantedBefore: { ...facts, on: "2026-11-20" } });
    expect(await world.deliver(lost)).toMatchObject({ state: "GRANTED", facts });
  });

  test("a pair that civil status compared at the registration of birth is not compared again", async () => {
    const { registered, content } = await secondChild(twice);
    const compared = { ...content, comparedDossiers: [registered.dossier] };
    expect((await world.deliver(part("1.004222", compared))).state).toBe("GRANTED");
  });

  test("two like residents who are delivered at the same moment are not both granted without an officer", async () => {
    for (let round = 0; round < 5; round++) {
      const family = aFamily();
      const parts = await Promise.all(
        ["2026-11-16", "2026-11-17"].map(async (dateOfBirth) => {
          const newborn = part("personal-number", numberContent(family, born("Lê Gia Bảo", dateOfBirth)));
          const { facts } = await world.deliver(newborn);
          return part("1.004222", residenceContentOf(family, facts?.personalId ?? ""));
        }),
      );
      const states = (await Promise.all(parts.map((each) => world.deliver(each)))).map(({ state }) => state);
      expect(states.sort()).toEqual(["GRANTED", "PROCESSING"]);
    }
  });
});
