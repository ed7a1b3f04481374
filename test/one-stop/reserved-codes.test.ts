import { describe, expect, it } from "vitest";
import { voidExpiredCodes } from "../../subgraphs/one-stop/acceptance/reserved-codes.ts";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aBirthRequest, type BirthInput, submit } from "../given.ts";
import { acknowledged, type DossierData, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const neighbour: Persona = { persona: "clerk", commune: "31426" };
const aKey = () => `batch-${process.pid}-${serial("key")}`;

async function reserve(
  count: number,
  who: Persona = clerk,
  idempotencyKey = aKey(),
  office = "31471",
): Promise<DossierData> {
  const variables = { office, count, idempotencyKey };
  const { data, errors } = await world.current.ask(who, contract("reserve-dossier-codes"), variables);
  return data?.reserveDossierCodes ?? { errors };
}

async function batch(items: object[], who: Persona = clerk): Promise<DossierData[]> {
  const { data, errors } = await world.current.ask(who, contract("submit-batch"), { items });
  if (!data?.submitBatch) throw new Error(JSON.stringify(errors));
  return data.submitBatch.results;
}

const anItem = (more: object, birthBundle: BirthInput = aBirthRequest()) => ({
  ...{ idempotencyKey: aKey(), dossierCode: null, takenAt: null, birthBundle },
  ...more,
});
const codesOf = (results: DossierData[]) => results.map(({ problems }) => problems[0]?.code ?? null);
const aSingleDossier = () => ({
  ...{ procedure: "1.000894", office: "31471", channel: "DESK", form: procedureForm("1.000894").example, papers: [] },
  declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
});

describe("a reserved block", () => {
  it("a reserved block has as many codes as asked, of the office and the day, and the same ones for the same key and body", async () => {
    const key = aKey();
    const first = await reserve(3, clerk, key);
    expect(first).toMatchObject({ problems: [], validUntil: expect.stringMatching(/T23:59:59/) });
    expect(new Set(first.codes).size).toBe(3);
    for (const code of first.codes) expect(code).toMatch(/^H\d\d\.\d{3}-2611\d\d-9\d{4}$/);
    expect(await reserve(3, clerk, key)).toEqual(first);
    expect((await reserve(4, clerk, key)).problems).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  });

  it("a reserved block is disjoint from every other one, also when desks reserve at the same moment", async () => {
    const blocks = await Promise.all(Array.from({ length: 8 }, () => reserve(5)));
    const codes = blocks.flatMap((block) => block.codes);
    expect(new Set(codes).size).toBe(40);
    const { code } = await acknowledged(world.current, aBirthRequest());
    expect(codes).not.toContain(code);
  });

  it("a reserved block is refused for another office, an impossible number and a caller who is no clerk", async () => {
    expect((await reserve(1, neighbour)).problems).toMatchObject([{ code: "OFFICE_NOT_YOURS", path: ["office"] }]);
    expect((await reserve(0)).problems).toMatchObject([{ code: "COUNT_IMPOSSIBLE", path: ["count"] }]);
    expect((await reserve(1, { persona: "citizen" })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });
});

describe("a batch", () => {
  it("a batch opens each dossier under its reserved code, with the time of receipt at the desk", async () => {
    const { codes } = await reserve(2);
    const takenAt = "2026-11-23T07:45:00+07:00";
    const items = [
      anItem({ dossierCode: codes[0] }),
      anItem({ dossierCode: codes[1], birthBundle: null, dossier: aSingleDossier() }),
      anItem({}),
    ];
    const results = await batch(items);
    expect(codesOf(results)).toEqual([null, null, null]);
    expect(results.map(({ dossier }) => dossier.code).slice(0, 2)).toEqual(codes);
    expect(results.map(({ idempotencyKey }) => idempotencyKey)).toEqual(items.map((item) => item.idempotencyKey));
    const early = await batch([anItem({ takenAt })]);
    const { data } = await world.current.ask(clerk, "query ($code: ID!) { dossier(code: $code) { receivedAt } }", {
      code: early[0].dossier.code,
    });
    expect(Date.parse(data.dossier.receivedAt)).toBe(Date.parse(takenAt));
  });

  it("sent again gives the same dossiers; the same key with another body is a problem", async () => {
    const { codes } = await reserve(1);
    const item = anItem({ dossierCode: codes[0] });
    const [[first], [second]] = [await batch([item]), await batch([item])];
    expect(second.dossier.code).toBe(first.dossier.code);
    const [other] = await batch([{ ...item, birthBundle: aBirthRequest() }]);
    expect(other).toMatchObject({ dossier: null, problems: [{ code: "IDEMPOTENCY_CONFLICT" }] });
    const online = await submit(world.current, item.birthBundle, { key: item.idempotencyKey });
    expect(online.data.submitBirthBundle.dossier.code).toBe(first.dossier.code);
  });

  it("a batch uses no code twice, also when two items with one code arrive at the same moment", async () => {
    const { codes } = await reserve(1);
    const results = await batch([anItem({ dossierCode: codes[0] }), anItem({ dossierCode: codes[0] })]);
    expect(codesOf(results).sort()).toEqual(["RESERVED_CODE_USED", null].sort());
    expect(codesOf(await batch([anItem({ dossierCode: codes[0] })]))).toEqual(["RESERVED_CODE_USED"]);
    const rows = await world.current.sql("one-stop")`select 1 from dossiers where code = ${codes[0]}`;
    expect(rows).toHaveLength(1);
  });

  it("a batch tells each item its own problem and accepts the others", async () => {
    const { codes } = await reserve(1);
    const wrong = aBirthRequest();
    wrong.child.dateOfBirth = "2026-02-30";
    const results = await batch([
      anItem({ dossierCode: codes[0] }),
      anItem({}, wrong),
      anItem({ dossierCode: "H13.101-261123-99999" }),
      anItem({ birthBundle: null }),
      anItem({ takenAt: "2030-01-01T08:00:00+07:00" }),
      anItem({ idempotencyKey: "with a space" }),
    ]);
    expect(results[0].problems).toEqual([]);
    expect(results[1].problems).toMatchObject([{ path: ["birthBundle", "child", "dateOfBirth"] }]);
    expect(codesOf(results).slice(2)).toEqual([
      ...["CODE_NOT_RESERVED", "BATCH_ITEM_MALFORMED", "TAKEN_AT_IMPOSSIBLE", "IDEMPOTENCY_KEY_MALFORMED"],
    ]);
  });

  it("the batch of the second of two desks that received the same child offline gets a problem for that item", async () => {
    const child = aBirthRequest();
    const [mine] = await batch([anItem({}, child)]);
    const [theirs] = await batch([anItem({}, { ...child, office: "31426" })], neighbour);
    expect(mine.problems).toEqual([]);
    expect(["CHILD_ALREADY_SUBMITTED", "CHILD_ALREADY_REGISTERED"]).toContain(theirs.problems[0].code);
    expect(theirs.dossier).toBeNull();
  });

  it("a batch does not accept a code whose term is over: the number is void, on record", async () => {
    const { codes, validUntil } = await reserve(2);
    await batch([anItem({ dossierCode: codes[0] })]);
    const sql = world.current.sql("one-stop");
    await voidExpiredCodes(sql, new Date(Date.parse(validUntil) + 1));
    const ends = await sql`
      select dossier_id is not null as used, void_at is not null as void from reserved_codes where code in ${sql(codes)} order by code`;
    expect(ends).toMatchObject([
      { used: true, void: false },
      { used: false, void: true },
    ]);
    expect(codesOf(await batch([anItem({ dossierCode: codes[1] })]))).toEqual(["RESERVED_CODE_VOID"]);
  });

  it("a batch of no items or of more than fifty is the caller's fault", async () => {
    const { errors } = await world.current.ask(clerk, contract("submit-batch"), { items: [] });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });
});
