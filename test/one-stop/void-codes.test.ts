import { describe, expect, it } from "vitest";
import { voidExpiredCodes } from "../../subgraphs/one-stop/acceptance/reserved-codes.ts";
import { aBirthRequest } from "../given.ts";
import { type DossierData, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const aKey = () => `void-${process.pid}-${serial("key")}`;
const VOID = `mutation ($code: ID!, $reason: String!, $key: String!) {
  voidDossierCode(code: $code, reason: $reason, idempotencyKey: $key) { code problems { code path message messageEn } } }`;
const REASON = "Giấy tiếp nhận bị hỏng khi in";

async function reservedCode(): Promise<string> {
  const variables = { office: "31471", count: 1, idempotencyKey: aKey() };
  const { data } = await world.current.ask(clerk, contract("reserve-dossier-codes"), variables);
  return data.reserveDossierCodes.codes[0];
}

async function voided(code: string, { who = clerk as Persona, reason = REASON, key = aKey() } = {}) {
  const { data, errors } = await world.current.ask(who, VOID, { code, reason, key });
  return (data?.voidDossierCode ?? { errors }) as DossierData;
}

async function used(code: string): Promise<DossierData> {
  const items = [{ idempotencyKey: aKey(), dossierCode: code, birthBundle: aBirthRequest() }];
  return (await world.current.ask(clerk, contract("submit-batch"), { items })).data.submitBatch.results[0];
}

const problem = (code: string, path: string) => ({
  code: null,
  problems: [expect.objectContaining({ code, path: [path] })],
});

describe("a reserved code that its desk makes void", () => {
  it("a void code has its clerk, time and reason on record, and no dossier can use it", async () => {
    const code = await reservedCode();
    expect(await voided(code)).toEqual({ code, problems: [] });
    const [row] = await world.current.sql("one-stop")`
      select void_at is not null as void, void_by, void_reason, dossier_id from reserved_codes where code = ${code}`;
    expect(row).toEqual({ void: true, void_by: expect.any(String), void_reason: REASON, dossier_id: null });
    expect((await used(code)).problems).toMatchObject([{ code: "RESERVED_CODE_VOID" }]);
  });

  it("a code made void twice with one key is one act; another key, reason or code is a problem", async () => {
    const [code, other, key] = [await reservedCode(), await reservedCode(), aKey()];
    expect(await voided(code, { key })).toEqual(await voided(code, { key }));
    expect(await voided(code)).toEqual(problem("RESERVED_CODE_ALREADY_VOID", "code"));
    expect(await voided(code, { key, reason: "Lý do khác" })).toEqual(
      problem("IDEMPOTENCY_CONFLICT", "idempotencyKey"),
    );
    expect(await voided(other, { key })).toEqual(problem("IDEMPOTENCY_CONFLICT", "idempotencyKey"));
    expect((await used(other)).problems).toEqual([]);
  });

  it("a code that a dossier has, of another desk, or of no block does not become void", async () => {
    const code = await reservedCode();
    expect((await used(code)).problems).toEqual([]);
    expect(await voided(code)).toEqual(problem("RESERVED_CODE_USED", "code"));
    const mine = await reservedCode();
    const neighbour = { persona: "clerk", commune: "31426" };
    expect(await voided(mine, { who: neighbour })).toEqual(problem("CODE_NOT_RESERVED", "code"));
    expect(await voided("H13.101-261123-99999")).toEqual(problem("CODE_NOT_RESERVED", "code"));
    expect((await used(mine)).problems).toEqual([]);
  });

  it("a code does not become void without a reason, after the end of its term, or by a caller who is no clerk", async () => {
    const code = await reservedCode();
    expect(await voided(code, { reason: " " })).toEqual(problem("VOID_REASON_MISSING", "reason"));
    expect(await voided(code, { reason: "x".repeat(501) })).toEqual(problem("VOID_REASON_MISSING", "reason"));
    expect((await voided(code, { who: { persona: "citizen" } })).errors).toMatchObject([
      { extensions: { code: "FORBIDDEN" } },
    ]);
    await voidExpiredCodes(world.current.sql("one-stop"), new Date("2027-11-23T09:00:00+07:00"));
    expect(await voided(code)).toEqual(problem("RESERVED_CODE_ALREADY_VOID", "code"));
  });

  it("of two clerks who make one code void at once, one succeeds; with one key both do", async () => {
    const [code, other, key] = [await reservedCode(), await reservedCode(), aKey()];
    const two = await Promise.all([voided(code), voided(code)]);
    expect(two.map(({ problems }) => problems.length).sort()).toEqual([0, 1]);
    const same = await Promise.all([voided(other, { key }), voided(other, { key })]);
    expect(same).toEqual([
      { code: other, problems: [] },
      { code: other, problems: [] },
    ]);
  });

  it("of a dossier and a desk that take one code at once, exactly one gets it", async () => {
    for (let round = 0; round < 3; round++) {
      const code = await reservedCode();
      const ends = await Promise.all([used(code), voided(code)]);
      expect(ends.map(({ problems }) => problems.length).sort()).toEqual([0, 1]);
    }
  });
});
