import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { definition } from "../../subgraphs/land/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import {
  AN,
  aBlank,
  aMortgage,
  anObligation,
  aTransfer,
  BINH,
  CHI,
  HALF,
  landOfficer,
  SETTLED,
  WHOLE,
} from "./land-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, done, problems, parcel, registered } = landOfficer(() => agency);
const HOLDERS = "certificate { serial holders { citizen { personalId } fullName share { numerator denominator } } }";
const holdersOf = async (code: string) => {
  const { certificate } = await parcel(code, HOLDERS);
  return Object.fromEntries(
    certificate.holders.map(({ fullName, share }: { fullName: string; share: typeof HALF }) => [
      fullName,
      `${share.numerator}/${share.denominator}`,
    ]),
  );
};

describe("a change of holders", () => {
  test.each(["TRANSFER", "GIFT", "INHERITANCE"])(
    "a %s of the whole right replaces the holder, and says who registered it and on what ground",
    async (kind) => {
      const code = await registered();
      const { act: made, problems } = await act("transferLand", aTransfer(code, { kind }));
      expect(problems).toEqual([]);
      expect(made).toMatchObject({ kind, recordedBy: "test:land-officer", ground: "Hợp đồng mẫu số 2" });
      expect(made?.parcels).toEqual([{ id: code, state: "LIVE" }]);
      expect(await holdersOf(code)).toEqual({ [BINH.fullName]: "1/1" });
    },
  );

  test("a part of a share may be given to several persons, and the shares stay exact", async () => {
    const code = await registered({ holders: [AN, BINH].map((holder) => ({ ...holder, share: HALF })) });
    const third = { numerator: 1, denominator: 3 };
    const to = [
      { ...BINH, share: { numerator: 1, denominator: 21 } },
      { ...CHI, share: { numerator: 2, denominator: 7 } },
    ];
    expect(await problems("transferLand", aTransfer(code, { from: [{ ...giver(AN), share: third }], to }))).toEqual([]);
    expect(await holdersOf(code)).toEqual({
      [AN.fullName]: "1/6",
      [BINH.fullName]: "23/42",
      [CHI.fullName]: "2/7",
    });
  });

  test("the former holders are read as of a day before the change, and the present ones after it", async () => {
    const code = await registered();
    await done("transferLand", aTransfer(code));
    const [{ today } = { today: "" }] =
      await agency.sql`select effective_on::text as today from acts order by id desc limit 1`;
    await agency.sql.begin(async (sql) => {
      await sql`alter table certificate_versions disable trigger certificate_versions_append_only`;
      await sql`alter table parcel_versions disable trigger parcel_versions_append_only`;
      await sql`update parcel_versions set valid_from = '2026-01-05' where parcel_id = ${code}`;
      await sql`update certificate_versions v set valid_from = '2026-01-05' from certificates c
                 where c.id = v.certificate_id and c.parcel_id = ${code} and v.version = 1`;
      await sql`alter table certificate_versions enable trigger certificate_versions_append_only`;
      await sql`alter table parcel_versions enable trigger parcel_versions_append_only`;
    });
    const asOf = (name: string, on: string) =>
      `${name}: asOf(on: "${on}") { id on state areaM2 certificateSerial holders { fullName } }`;
    const { before, during, after } = await parcel(
      code,
      [asOf("before", "2026-01-04"), asOf("during", "2026-01-05"), asOf("after", today)].join(" "),
    );
    expect(before).toBeNull();
    expect(during).toMatchObject({ id: `${code}@2026-01-05`, state: "LIVE", holders: [{ fullName: AN.fullName }] });
    expect(after).toMatchObject({ holders: [{ fullName: BINH.fullName }] });
    expect(after.certificateSerial).toBe(during.certificateSerial);
  });

  test("the history of a parcel lists its acts in pages, the newest first", async () => {
    const code = await registered();
    await done("transferLand", aTransfer(code));
    await done("encumberLand", aMortgage(code));
    const page = (after: string | null) =>
      parcel(
        code,
        `acts(first: 2, after: ${JSON.stringify(after)}) { nodes { kind ground } pageInfo { hasNextPage endCursor } }`,
      );
    const { acts: first } = await page(null);
    expect(first).toMatchObject({
      nodes: [{ kind: "MORTGAGE" }, { kind: "TRANSFER" }],
      pageInfo: { hasNextPage: true },
    });
    const { acts: second } = await page(first.pageInfo.endCursor);
    expect(second).toMatchObject({ nodes: [{ kind: "REGISTRATION" }], pageInfo: { hasNextPage: false } });
    await expect(page("x")).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  });
});

const giver = ({ personalId }: { personalId: string }) => ({ personalId, share: null });

describe("what prevents a change of holders", () => {
  const cases: [string, (code: string) => object, string[]][] = [
    ["a malformed code", () => ({ parcel: "x" }), ["PARCEL_CODE_MALFORMED parcel"]],
    ["an unknown parcel", () => ({ parcel: "wzzzzzzzzzzz" }), ["PARCEL_UNKNOWN parcel"]],
    ["no ground", () => ({ ground: " " }), ["TEXT_EMPTY ground"]],
    ["nobody who gives or receives", () => ({ from: [], to: [] }), ["HOLDERS_MISSING from", "HOLDERS_MISSING to"]],
    ["a giver without a right", () => ({ from: [giver(CHI)] }), ["GIVER_NOT_HOLDER from.0.personalId"]],
    ["a giver named twice", () => ({ from: [giver(AN), giver(AN)] }), ["NAMED_TWICE from.1.personalId"]],
    ["a receiver named twice", () => ({ to: [BINH, BINH] }), ["NAMED_TWICE to.1.personalId"]],
    ["a receiver who gives", () => ({ to: [AN] }), ["RECEIVER_GIVES to.0.personalId"]],
    [
      "a share of nothing",
      () => ({ to: [{ ...BINH, share: { numerator: 0, denominator: 1 } }] }),
      ["SHARE_IMPOSSIBLE to.0.share"],
    ],
    ["more received than given", () => ({ from: [{ ...giver(AN), share: HALF }] }), ["SHARES_UNEQUAL to"]],
    [
      "a bad number and a bad name together",
      () => ({ to: [{ personalId: "1", fullName: "A1", share: WHOLE }] }),
      ["PERSONAL_ID_MALFORMED to.0.personalId", "NAME_HAS_DIGITS to.0.fullName"],
    ],
  ];
  test.each(cases)("a transfer with %s is refused with the path", async (_, more, expected) => {
    const code = await registered();
    expect(await problems("transferLand", aTransfer(code, more(code)))).toEqual(expected);
    expect(await holdersOf(code)).toEqual({ [AN.fullName]: "1/1" });
  });

  test("a transfer of more than the share is refused, and so is one under another name", async () => {
    const code = await registered({ holders: [AN, BINH].map((holder) => ({ ...holder, share: HALF })) });
    const from = [{ ...giver(AN), share: WHOLE }];
    expect(await problems("transferLand", aTransfer(code, { from, to: [CHI] }))).toEqual([
      "SHARE_TOO_LARGE from.0.share",
    ]);
    const to = [{ ...BINH, fullName: CHI.fullName, share: HALF }];
    expect(await problems("transferLand", aTransfer(code, { to }))).toEqual(["HOLDER_NAME_DIFFERS to.0.fullName"]);
  });

  test("shares whose common denominator would be above a million are refused", async () => {
    const code = await registered();
    const share = { numerator: 1, denominator: 999_983 };
    const from = [{ ...giver(AN), share }];
    await done("transferLand", aTransfer(code, { from, to: [{ ...BINH, share }] }));
    const other = { numerator: 1, denominator: 999_979 };
    const finer = aTransfer(code, { from: [{ ...giver(AN), share: other }], to: [{ ...CHI, share: other }] });
    expect(await problems("transferLand", finer)).toEqual(["SHARES_NOT_WHOLE to"]);
  });

  test.each([
    ["MORTGAGE", "PARCEL_MORTGAGED"],
    ["DISPUTE", "PARCEL_DISPUTED"],
    ["BLOCK", "PARCEL_BLOCKED"],
  ])("a %s stops a transfer until it is released", async (kind, problem) => {
    const code = await registered();
    const encumbrance = await done("encumberLand", aMortgage(code, { kind }));
    expect(await problems("transferLand", aTransfer(code))).toEqual([`${problem} parcel`]);
    await done("releaseLandEncumbrance", { encumbrance, ground: "Văn bản mẫu" });
    expect(await problems("transferLand", aTransfer(code))).toEqual([]);
  });

  test("an unpaid obligation stops a transfer and a new certificate until it is settled", async () => {
    const code = await registered();
    const obligation = await done("enterLandObligation", anObligation(code));
    const issue = { parcel: code, certificate: aBlank(), ground: "Mẫu" };
    expect(await problems("transferLand", aTransfer(code))).toEqual(["OBLIGATION_UNPAID parcel"]);
    expect(await problems("issueLandCertificate", issue)).toEqual(["OBLIGATION_UNPAID parcel"]);
    await done("settleLandObligation", { ...SETTLED, obligation });
    expect(await problems("issueLandCertificate", issue)).toEqual([]);
    expect(await problems("transferLand", aTransfer(code))).toEqual([]);
  });

  test("a parcel whose term has ended is not transferred", async () => {
    const code = await registered({ termEndsOn: "2020-01-01", purpose: "CLN" });
    expect(await problems("transferLand", aTransfer(code))).toEqual(["TERM_ENDED parcel"]);
  });
});

test("a parcel whose certificate has ended without a successor is not transferred, and no certificate replaces it", async () => {
  const code = await registered();
  await agency.sql`
    insert into certificate_versions (certificate_id, version, valid_from, recorded_by, ground, issued_on, state, share_total)
    select certificate_id, 2, issued_on, 'test', 'test', issued_on, 'ENDED', 0 from live_certificates where parcel_id = ${code}`;
  expect(await problems("transferLand", aTransfer(code))).toEqual(["CERTIFICATE_MISSING parcel"]);
  const issue = { parcel: code, certificate: aBlank(), ground: "Mẫu" };
  expect(await problems("issueLandCertificate", issue)).toEqual(["CERTIFICATE_MISSING parcel"]);
});

describe("one key and two requests", () => {
  test("the same transfer under one key acts once, and another body under it is a conflict", async () => {
    const code = await registered();
    const first = await act("transferLand", aTransfer(code), "key-1");
    expect(await act("transferLand", aTransfer(code), "key-1")).toEqual(first);
    expect(await problems("transferLand", aTransfer(code, { to: [CHI] }), "key-1")).toEqual([
      "IDEMPOTENCY_CONFLICT idempotencyKey",
    ]);
    expect(await agency.sql`select 1 from acts where idempotency_key = 'key-1'`).toHaveLength(1);
    await expect(act("transferLand", aTransfer(code), "")).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test("a refused transfer leaves no trace, so that its key may be used again", async () => {
    const code = await registered();
    expect(await problems("transferLand", aTransfer(code, { from: [giver(CHI)] }), "key-2")).not.toEqual([]);
    expect(await problems("transferLand", aTransfer(code), "key-2")).toEqual([]);
  });

  test("two transfers under one key at once are one act", async () => {
    const code = await registered();
    const [one, other] = await Promise.all([1, 2].map(() => act("transferLand", aTransfer(code), "key-3")));
    expect(one?.act?.id).toBe(other?.act?.id);
    expect(one?.act).not.toBeNull();
  });

  test("of two transfers to different persons at once, one succeeds and the other has lost the giver's right", async () => {
    const code = await registered();
    const found = await Promise.all([BINH, CHI].map((to) => problems("transferLand", aTransfer(code, { to: [to] }))));
    expect(found.sort()).toEqual([[], ["GIVER_NOT_HOLDER from.0.personalId"]]);
  });

  test("a transfer is recorded for the former and the new holders", async () => {
    const code = await registered();
    const id = await done("transferLand", aTransfer(code));
    const [record] = await agency.sql`
      select l.subject, l.citizens, l.fields from access_log l, acts a
       where a.id = ${id} and l.action = 'CHANGE' and l.at = a.recorded_at`;
    expect(record).toEqual({
      ...{ subject: "test:land-officer", citizens: [AN.personalId, BINH.personalId] },
      fields: ["certificate_versions.*", "certificate_holders.*"],
    });
  });
});

describe("who registers", () => {
  test.each(["clerk", "leader", "citizen"] as const)("a %s may not register a transfer", async (role) => {
    const by = landOfficer(
      () => agency,
      () => a(role, { personalId: AN.personalId }),
    );
    await expect(by.act("transferLand", aTransfer("wzzzzzzzzzzz"))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
