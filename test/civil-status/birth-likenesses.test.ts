import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, type LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import { serial } from "../kit/serial-numbers.ts";
import { aBirth, aParent, aPart, openRegistry, type Registry } from "./civil-status-database.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

const SAME_MOTHER = "ANOTHER_BIRTH_WITHIN_200_DAYS";
const LIKE_CHILD = "LIKE_CHILD_OF_SAME_PARENTS";
const SAME_NAME = "SAME_CHILD_NAME_OF_SAME_PARENTS";
const notice = (of: Change = {}) => {
  const { dateOfBirth = "2026-11-16" } = (of.child ?? {}) as { dateOfBirth?: string };
  return `${String(20_000 + serial("notice"))}.GCS.93012.${dateOfBirth.slice(2, 4)}`;
};
const mother = () => aParent(`092195${String(serial("mother")).padStart(6, "0")}`, "1995-04-12");
const named = (fullName: string, parent = aParent(null, "1995")) => ({ ...parent, fullName });

type Change = { child?: object; mother?: object | null; father?: object | null };
type Vector = [name: string, first: Change, second: Change, rule: string | null];
const parents = { mother: named("Trần Thị Hoàng Oanh"), father: named("Lê Văn Xuân") };
const born = (dateOfBirth: string, fullName = "Lê Gia Bảo") => ({ dateOfBirth, fullName });

/** Births of the same couple with numbers, unless a vector names the parents. */
const VECTORS: Vector[] = [
  ["the next day under another notice", {}, { child: { dateOfBirth: "2026-11-17" } }, LIKE_CHILD],
  ["190 days before, another name", {}, { child: born("2026-05-10", "Phạm Thị Hoa") }, SAME_MOTHER],
  ["205 days before, another name", {}, { child: born("2026-04-25", "Phạm Thị Hoa") }, null],
  ["three years before, the same name", {}, { child: { dateOfBirth: "2023-11-16" } }, SAME_NAME],
  ["three years before, another name", {}, { child: born("2023-11-16", "Phạm Thị Hoa") }, null],
  ["the same mother, another father", {}, { child: born("2026-11-10", "Phạm Thị Hoa"), father: null }, SAME_MOTHER],
  [
    "the second of a declared pair",
    { child: { multipleBirth: { order: 1, of: 2 } } },
    { child: { multipleBirth: { order: 2, of: 2 } } },
    null,
  ],
  ["declared as a twin by the second alone", {}, { child: { multipleBirth: { order: 2, of: 2 } } }, LIKE_CHILD],
  [
    "declared as of other multiple births",
    { child: { multipleBirth: { order: 1, of: 2 } } },
    { child: { multipleBirth: { order: 2, of: 3 } } },
    LIKE_CHILD,
  ],
  [
    "parents without numbers whose names sound alike",
    { ...parents, child: born("2026-11-01") },
    { mother: named("Chần Thị Hoàn Oanh"), father: named("Lê Văn Suân"), child: born("2026-11-03", "Lê Da Bảo") },
    LIKE_CHILD,
  ],
  [
    "a father alone, with a slip in the child's name",
    { mother: null, father: named("Đỗ Quốc Rạng"), child: born("2026-11-01", "Đỗ Minh Khôi") },
    { mother: null, father: named("Đỗ Quốc Dạng"), child: born("2026-11-02", "Đỗ Mnih Khôi") },
    LIKE_CHILD,
  ],
  [
    "children without a known parent",
    { mother: null, father: null, child: born("2026-11-01", "Nguyễn Văn An") },
    { mother: null, father: null, child: born("2026-11-01", "Nguyễn Văn An") },
    null,
  ],
];

describe("likenesses of births", () => {
  test.each(VECTORS)("a birth of a couple with a registered child: %s", async (_name, first, second, rule) => {
    const couple = { mother: mother(), father: mother() };
    const one = aPart(aBirth({ ...couple, ...first, child: { birthNotice: notice(first), ...first.child } }));
    await registry.deliver(one);
    const kept = await registry.sql`select state from received_parts where part_id = ${one.id}`;
    if (kept[0]?.state === "PROCESSING") await registry.instruct(one.id, { by: "officer", grant: { facts: {} } });
    const two = aPart(aBirth({ ...couple, ...second, child: { birthNotice: notice(second), ...second.child } }));
    const { state, likenesses } = await registry.deliver(two);
    expect(likenesses?.map((each) => each.rule) ?? []).toEqual(rule === null ? [] : [rule]);
    if (rule !== null) expect(state).toBe("PROCESSING");
  });

  test("a lost birth is left to a person where the register has got a like one since", async () => {
    const couple = { mother: mother(), father: mother() };
    const since = aPart(aBirth({ ...couple, child: { birthNotice: notice() } }));
    const { facts } = await registry.deliver(since);
    const slip = { ...couple, child: { birthNotice: notice(), dateOfBirth: "2026-11-15" } };
    const enteredAgain = (on: string) => {
      const former = { citizenId: randomUUID(), number: `${serial("former-birth") + 900}/2026`, registeredOn: on };
      return registry.deliver(aPart({ ...aBirth(slip), grantedBefore: { ...former, on } }));
    };
    const before = addDays(facts?.registeredOn as LegalDay, -1);
    expect(await enteredAgain(before)).toMatchObject({ refusal: { code: "NEWER_FACTS_REGISTERED" } });
    // one of before the grant was compared with it then
    expect(await enteredAgain(facts?.registeredOn ?? "")).toMatchObject({ state: "GRANTED" });
  });

  test("a lost birth that an officer had compared with a like one is entered again, though that one has a later day", async () => {
    const couple = { mother: mother(), father: mother() };
    const compared = aPart(aBirth({ ...couple, child: { birthNotice: notice() } }));
    const { facts } = await registry.deliver(compared);
    const on = addDays(facts?.registeredOn as LegalDay, -1);
    const former = { citizenId: randomUUID(), number: `${serial("former-birth") + 1_900}/2026`, registeredOn: on };
    const slip = aBirth({ ...couple, child: { birthNotice: notice(), dateOfBirth: "2026-11-15" } });
    const lost = aPart({ ...slip, grantedBefore: { ...former, on } });
    // not stored, because the desk may ask again
    expect(await registry.deliver(lost)).toMatchObject({ refusal: { code: "NEWER_FACTS_REGISTERED" } });
    const comparedDossiers = `H13.152-261124-9999 ${compared.dossier}`;
    const known = { ...lost, content: { ...slip, grantedBefore: { ...former, on, comparedDossiers } } };
    expect(await registry.deliver(known)).toMatchObject({ state: "GRANTED", facts: { comparedDossiers } });
    expect(await registry.deliver(lost)).toMatchObject({ state: "GRANTED" });
  });

  test("two like births that are delivered at the same moment are not both granted without an officer", async () => {
    for (let round = 0; round < 5; round++) {
      const couple = { mother: mother(), father: mother() };
      const births = ["2026-11-16", "2026-11-17"].map((dateOfBirth) =>
        aPart(aBirth({ ...couple, child: { birthNotice: notice(), dateOfBirth } })),
      );
      const states = (await Promise.all(births.map(registry.deliver))).map(({ state }) => state);
      expect(states.sort()).toEqual(["GRANTED", "PROCESSING"]);
    }
  });

  test("an officer who has not compared the likeness that is there now grants nothing; one who has does", async () => {
    const couple = { mother: mother(), father: mother() };
    const withoutNotice = { kind: "WITNESS", text: "Sinh tại nhà, có người làm chứng." };
    const home = aPart(aBirth({ ...couple, child: { birthNotice: null, withoutNotice, dateOfBirth: "2026-11-10" } }));
    expect(await registry.deliver(home)).toMatchObject({ state: "PROCESSING", likenesses: null });
    const registered = await registry.deliver(aPart(aBirth({ ...couple, child: { birthNotice: notice() } })));
    expect(registered.state).toBe("GRANTED");
    const grant = (compared: string[]) => registry.instruct(home.id, { by: "officer", grant: { facts: {}, compared } });
    const unseen = await grant([]);
    expect(unseen?.state).toBe("PROCESSING");
    expect(unseen?.likenesses).toMatchObject([{ id: registered.result?.id, type: "BirthRegistration" }]);
    const granted = await grant([registered.result?.id ?? ""]);
    expect(granted?.state).toBe("GRANTED");
    const [entered] = await registry.sql`
      select recorded_by, ground from birth_versions where birth_id = ${granted?.result?.id ?? ""}`;
    expect(entered).toEqual({ recorded_by: "officer", ground: null }); // the dossier of the head
  });

  test("both births stand side by side, fact by fact", async () => {
    const couple = { mother: mother(), father: mother() };
    await registry.deliver(aPart(aBirth({ ...couple, child: { birthNotice: notice() } })));
    const second = aPart(aBirth({ ...couple, child: { birthNotice: notice(), dateOfBirth: "2026-11-18" } }));
    const { likenesses } = await registry.deliver(second);
    expect(likenesses?.[0]?.facts).toContainEqual({
      ...{ field: "child.dateOfBirth", label: "Ngày sinh" },
      ...{ here: "2026-11-18", there: "2026-11-16" },
    });
  });
});
