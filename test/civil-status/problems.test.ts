import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aBirth, aParent, aPart, openRegistry, type Registry } from "./civil-status-database.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

async function found(more: object, office?: string): Promise<string[]> {
  const { problems } = await registry.check(aPart(aBirth(more), office ? { office } : {}));
  expect(problems.every((problem) => problem.message !== "" && problem.messageEn !== "")).toBe(true);
  return problems.map((problem) => `${problem.code} ${problem.path.join(".")}`);
}

describe("checking a birth", () => {
  test("checking a correct birth finds no problem and writes nothing", async () => {
    expect(await registry.check(aPart(aBirth()))).toEqual({ problems: [], verify: [], handling: "AUTOMATIC" });
    expect(await registry.count("births")).toBe(0);
    expect(await registry.count("received_parts")).toBe(0);
  });

  test("checking a birth refuses a child born after the day of receipt and accepts one born on that day", async () => {
    expect(await found({ child: { dateOfBirth: "2026-11-25" } })).toEqual(["DATE_IN_FUTURE child.dateOfBirth"]);
    expect(await found({ child: { dateOfBirth: "2026-11-24" } })).toEqual([]);
  });

  test("checking a birth refuses a child of six and accepts one who turns six tomorrow", async () => {
    expect(await found({ child: { dateOfBirth: "2020-11-24" } })).toEqual(["CHILD_TOO_OLD child.dateOfBirth"]);
    expect(await found({ child: { dateOfBirth: "2020-11-25" } })).toEqual([]);
  });

  test("checking a birth refuses parents younger than the child or less than twelve years older", async () => {
    const young = { mother: { dateOfBirth: "2015-01-01" }, father: { dateOfBirth: "2027" } };
    expect(await found(young)).toEqual(["PARENT_TOO_YOUNG mother.dateOfBirth", "PARENT_TOO_YOUNG father.dateOfBirth"]);
    expect(await found({ mother: { dateOfBirth: "2014-11-16" } })).toEqual([]);
  });

  test("checking a birth reads a parent's bare year or month of birth in the parent's favour", async () => {
    expect(await found({ mother: { dateOfBirth: "2014" }, father: { dateOfBirth: "2014-11" } })).toEqual([]);
  });

  test("checking a birth refuses unknown communes, the office's included", async () => {
    const child = { placeOfBirth: { commune: "00000" }, homeCommune: "99999" };
    expect(await found({ child }, "12345")).toEqual([
      "COMMUNE_UNKNOWN office",
      "COMMUNE_UNKNOWN child.placeOfBirth.commune",
      "COMMUNE_UNKNOWN child.homeCommune",
    ]);
  });

  test("checking a birth refuses a birth without a notice or a substitute for it", async () => {
    expect(await found({ child: { birthNotice: null } })).toEqual(["BIRTH_NOTICE_REQUIRED child.birthNotice"]);
  });

  test("checking a birth reports problems of names, identifiers, dates and lists together", async () => {
    const child = {
      fullName: "Khôi 2",
      sex: "OTHER",
      dateOfBirth: "2026-02-30",
      birthNotice: "1.GCS",
      homeCommune: "99999",
      multipleBirth: { order: 3, of: 2 },
    };
    expect(await found({ child, mother: { personalId: "123" } })).toEqual([
      "BIRTH_ORDER_IMPOSSIBLE child.multipleBirth",
      "NAME_HAS_DIGITS child.fullName",
      "NOT_IN_CODE_LIST child.sex",
      "DATE_DOES_NOT_EXIST child.dateOfBirth",
      "BIRTH_NOTICE_MALFORMED child.birthNotice",
      "PERSONAL_ID_MALFORMED mother.personalId",
      "COMMUNE_UNKNOWN child.homeCommune",
    ]);
  });

  test("a birth with problems is refused at delivery with a reason and legal basis", async () => {
    const before = await registry.count("births");
    const answer = await registry.deliver(aPart(aBirth({ child: { dateOfBirth: "2019-01-01" } })));
    expect(answer).toMatchObject({ state: "REFUSED", refusal: { code: "CHILD_TOO_OLD" } });
    expect(answer.refusal?.legalBasis).toContain("63/2024/NĐ-CP");
    expect(await registry.count("births")).toBe(before);
  });
});

describe("children of one mother and day", () => {
  const orderOf = async (id: string | undefined) =>
    (await registry.sql`select birth_order from births where id = ${id ?? ""}`)[0]?.birth_order;

  test("children of one mother and day with different notices wait for an officer unless all are declared twins", async () => {
    const first = aBirth();
    const second = { ...first, child: { ...first.child, birthNotice: "70001.GCS.93012.26" } };
    const third = { ...first, child: { ...first.child, birthNotice: "70002.GCS.93012.26" } };
    const answers = await Promise.all([first, second, third].map((birth) => registry.deliver(aPart(birth))));
    expect(answers.map(({ state }) => state).sort()).toEqual(["GRANTED", "PROCESSING", "PROCESSING"]);
    const twins = aBirth({ child: { multipleBirth: { order: 1, of: 3 } } });
    const declared = [1, 2, 3].map((order) => ({
      ...twins,
      child: { ...twins.child, birthNotice: `7010${order}.GCS.93012.26`, multipleBirth: { order, of: 3 } },
    }));
    const granted = await Promise.all(declared.map((birth) => registry.deliver(aPart(birth))));
    const orders = await Promise.all(granted.map(({ result }) => orderOf(result?.id)));
    expect(orders.sort()).toEqual([1, 2, 3]);
  });

  test("twins get the declared order in whichever sequence they arrive", async () => {
    const first = aBirth({ child: { multipleBirth: { order: 2, of: 2 } } });
    const child = { ...first.child, birthNotice: "70003.GCS.93012.26", multipleBirth: { order: 1, of: 2 } };
    const later = await registry.deliver(aPart(first));
    const earlier = await registry.deliver(aPart({ ...first, child }));
    expect([await orderOf(later.result?.id), await orderOf(earlier.result?.id)]).toEqual([2, 1]);
  });

  test("a second child with a taken birth order is treated as the same child, with the order as the remedy", async () => {
    const first = aBirth({ child: { multipleBirth: { order: 1, of: 2 } } });
    const part = aPart(first);
    await registry.deliver(part);
    const again = { ...first, child: { ...first.child, birthNotice: "70004.GCS.93012.26" } };
    const { problems } = await registry.check(aPart(again));
    expect(problems).toMatchObject([
      { code: "CHILD_ALREADY_REGISTERED", path: ["child", "multipleBirth"], existingDossier: part.dossier },
    ]);
  });

  test("two births of one day are the same child when one has no notice and no order is declared", async () => {
    const first = aBirth();
    await registry.deliver(aPart(first));
    const child = { ...first.child, birthNotice: null, withoutNotice: { kind: "UNDERTAKING", text: "Cam đoan." } };
    const { problems } = await registry.check(aPart({ ...first, child }));
    expect(problems.map((problem) => problem.code)).toEqual(["CHILD_ALREADY_REGISTERED"]);
    const second = { ...child, multipleBirth: { order: 2, of: 2 } };
    expect((await registry.check(aPart({ ...first, child: second }))).problems).toEqual([]);
  });

  test("two births under one notice are the same child even with different mothers", async () => {
    const first = aBirth();
    await registry.deliver(aPart(first));
    const { problems } = await registry.check(aPart({ ...first, mother: aParent("093195999999", "1996") }));
    expect(problems).toMatchObject([{ code: "CHILD_ALREADY_REGISTERED", path: ["child", "birthNotice"] }]);
  });
});
