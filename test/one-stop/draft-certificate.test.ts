import { afterEach, describe, expect, it } from "vitest";
import { aBirthRequest, type BirthInput, dossierThatIs } from "../given.ts";
import { citizen } from "../kit/ask-agency.ts";
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
import { clerk, contract, type Persona, sharedWorld, TODAY } from "../world.ts";
import { devClock, expectProven } from "./legal-clock/stories.ts";

const world = sharedWorld(shortBackoff);
afterEach(() => devClock(world.current, TODAY));
const registrar: Persona = { persona: "registrar" };
const aKey = () => `draft-certificate-${process.pid}-${serial("key")}`;

const RESULT = "{ dossier { code state } problems { code path } }";
const CONFIRM = `mutation ($dossier: ID!, $key: String!) {
  answer: confirmDraftCertificate(dossier: $dossier, idempotencyKey: $key) ${RESULT} }`;
const DISPUTE = `mutation ($dossier: ID!, $remark: String!, $key: String!) {
  answer: disputeDraftCertificate(dossier: $dossier, remark: $remark, idempotencyKey: $key) ${RESULT} }`;
const DRAFT = `query ($code: ID!) { dossier(code: $code) { state nationalStatus dueAt timeLedger { holder }
  draftCertificate { state confirmBy answeredAt remark text textEn facts { field label labelEn value } }
  dueAtExplanation { rule textEn } history { nodes { state actor note } } } }`;

/** A birth that was declared online. */
const anOnlineBirth = (): BirthInput => ({ ...aBirthRequest(), channel: "ONLINE" });
async function awaiting(input = anOnlineBirth()): Promise<DossierData> {
  const dossier = await acknowledged(world.current, input);
  expect(dossier.state).toBe("AWAITING_CITIZEN");
  return dossier;
}

type Act = { who?: Persona; key?: string };
async function confirm(dossier: string, { who = clerk, key = aKey() }: Act = {}): Promise<DossierData> {
  const { data, errors } = await world.current.ask(who, CONFIRM, { dossier, key });
  return data?.answer ?? { errors };
}
async function dispute(dossier: string, remark: string, { who = clerk, key = aKey() }: Act = {}): Promise<DossierData> {
  const { data, errors } = await world.current.ask(who, DISPUTE, { dossier, remark, key });
  return data?.answer ?? { errors };
}
async function read(code: string): Promise<DossierData> {
  const { data, errors } = await world.current.ask(clerk, DRAFT, { code });
  if (!data?.dossier) throw new Error(JSON.stringify(errors));
  return data.dossier;
}
const codesOf = ({ problems }: DossierData) => problems.map(({ code }: DossierData) => code);
const notesOf = ({ history }: DossierData): string[] => history.nodes.map(({ note }: DossierData) => String(note));
const forbidden = { errors: [{ extensions: { code: "FORBIDDEN" } }] };
const notFound = { errors: [{ extensions: { code: "NOT_FOUND" } }] };

describe("a birth that is declared online", () => {
  it("a birth that is declared online shows its draft certificate before the registration, with the last day to confirm it", async () => {
    const { code } = await awaiting();
    const dossier = await read(code);
    // 24 November is a holiday, so the day to confirm ends on the 25th
    expect(dossier).toMatchObject({
      ...{ nationalStatus: 5, timeLedger: [{ holder: "CITIZEN" }] },
      draftCertificate: { state: "AWAITED", confirmBy: "2026-11-25T23:59:59+07:00", answeredAt: null, remark: null },
    });
    const { facts, text, textEn } = dossier.draftCertificate;
    expect(text).toMatch(/Kiểm tra và xác nhận dự thảo giấy khai sinh trước hết ngày 25\/11\/2026/);
    expect(textEn).toMatch(/Check the draft .* 25\/11\/2026/);
    expect(facts).toContainEqual({
      ...{ field: "child.fullName", label: "Họ, chữ đệm, tên trẻ", labelEn: "Full name of the child" },
      value: "Phạm Minh Khôi",
    });
    expect(facts).toContainEqual(expect.objectContaining({ field: "child.dateOfBirth", value: "16/11/2026" }));
    expect(notesOf(dossier)[1]).toMatch(
      /^Chờ người nộp xác nhận dự thảo giấy khai sinh, chậm nhất hết ngày 25\/11\/2026/,
    );
    expect(await registered(world.current, [code])).toMatchObject({ births: 0 });
    const { data } = await world.current.ask(null, contract("track-dossier"), { code, phoneLast4: "5678" });
    expect(data.trackDossier.whatYouMustDo).toEqual([text]);
  });

  it("a birth that is declared online is registered as soon as its draft is confirmed, and the clock has stood still", async () => {
    const { code } = await awaiting();
    await devClock(world.current, "2026-11-25T10:00:00+07:00");
    expect(await confirm(code)).toMatchObject({ problems: [], dossier: { code } });
    await dossierThatIs(world.current, code, (dossier) => dossier.outcome === "GRANTED");
    const dossier = await read(code);
    expect(dossier.draftCertificate).toMatchObject({
      ...{ state: "CONFIRMED", answeredAt: expect.stringMatching(/^2026-11-25T10:00/), text: null, textEn: null },
    });
    expect(dossier.history.nodes[2]).toMatchObject({
      ...{ state: "IN_PROGRESS", actor: "clerk", note: "Người nộp đã xác nhận dự thảo giấy khai sinh" },
    });
    const texts = dossier.dueAtExplanation.map(({ textEn }: DossierData) => textEn).join("\n");
    expect(texts).toContain("the applicant's confirmation of the draft certificate is awaited");
    expect(await registered(world.current, [code])).toMatchObject({ births: 1, residencies: 1, cards: 1 });
  });

  it("a birth that is declared online is due on the day that its explanation proves, while the draft is awaited and afterwards", async () => {
    const { code } = await awaiting();
    await expectProven(world.current, code);
    await devClock(world.current, "2026-11-25T16:00:00+07:00");
    await confirm(code);
    await dossierThatIs(world.current, code, isDone);
    await expectProven(world.current, code);
  });

  it("a birth that is declared online is registered without an answer when the term has ended, once", async () => {
    const { code } = await awaiting();
    await devClock(world.current, "2026-11-25T23:59:58+07:00");
    expect((await read(code)).draftCertificate.state).toBe("AWAITED");
    await devClock(world.current, "2026-11-26T00:00:05+07:00");
    await dossierThatIs(world.current, code, (dossier) => dossier.outcome === "GRANTED");
    const dossier = await read(code);
    expect(dossier.draftCertificate.state).toBe("ACCEPTED_BY_SILENCE");
    expect(notesOf(dossier).filter((note) => note.startsWith("Hết thời hạn xác nhận"))).toHaveLength(1);
    expect(codesOf(await confirm(code))).toEqual(["DRAFT_CERTIFICATE_NOT_AWAITED"]);
    expect(await registered(world.current, [code])).toMatchObject({ births: 1 });
  });

  it("a birth that is declared at the desk has no draft certificate", async () => {
    const { code } = await acknowledged(world.current, aBirthRequest());
    expect((await read(code)).draftCertificate).toBeNull();
    expect(await confirm(code)).toMatchObject({
      ...{ dossier: null, problems: [{ code: "DRAFT_CERTIFICATE_NOT_AWAITED", path: ["dossier"] }] },
    });
  });
});

describe("a disputed draft certificate", () => {
  it("a disputed draft certificate waits for an officer of civil status, who sees the errors and may ask the applicant", async () => {
    const { code } = await awaiting();
    const remark = "Tên cháu là Phạm Minh Khoa";
    expect((await dispute(code, remark)).problems).toEqual([]);
    const open = await dossierThatIs(world.current, code, (dossier) => partOf(dossier, BIRTH).state === "PROCESSING");
    expect((await read(code)).draftCertificate).toMatchObject({ state: "DISPUTED", remark });
    expect(await registered(world.current, [code])).toMatchObject({ births: 0 });
    const { data } = await world.current.ask(registrar, contract("work-list"), { first: 200 });
    expect(data.workList.nodes.map((node: DossierData) => node.dossier.code)).toContain(code);
    const seen = await world.current.ask(registrar, DRAFT, { code });
    expect(seen.data.dossier.draftCertificate.remark).toBe(remark);

    const part = partOf(open, BIRTH).id;
    const items = [{ code: "CORRECTION", text: "Đề nghị nêu đúng tên của trẻ", legalBasis: "Luật Hộ tịch, Điều 14" }];
    await decided(part, { supplement: { items } });
    const answers = [{ item: "CORRECTION", text: "Tên trong tờ khai là đúng", attachment: null }];
    const answered = { dossier: code, answers, idempotencyKey: aKey() };
    expect((await world.current.ask(clerk, contract("answer-supplement"), answered)).errors).toBeUndefined();
    await dossierThatIs(world.current, code, (dossier) => partOf(dossier, BIRTH).state === "PROCESSING");
    expect(await registered(world.current, [code])).toMatchObject({ births: 0 });
    await decided(part, { grant: { facts: {} } });
    await dossierThatIs(world.current, code, (dossier) => dossier.outcome === "GRANTED");
  });

  it("a disputed draft certificate that the officer refuses can be refiled with the corrections, with a draft of its own", async () => {
    const input = anOnlineBirth();
    const { code } = await awaiting(input);
    await dispute(code, "Tên cháu là Phạm Minh Khoa");
    const open = await dossierThatIs(world.current, code, (dossier) => partOf(dossier, BIRTH).state === "PROCESSING");
    const refuse = { reason: "Tờ khai ghi sai tên của trẻ", legalBasis: "Luật Hộ tịch 60/2014/QH13, Điều 14" };
    await decided(partOf(open, BIRTH).id, { refuse });
    await dossierThatIs(world.current, code, isDone);
    const birthBundle = { ...input, child: { ...input.child, fullName: "Phạm Minh Khoa" } };
    const variables = { part: partOf(open, BIRTH).id, birthBundle, key: aKey() };
    const { data } = await world.current.ask(clerk, REFILE, variables);
    expect(data.refilePart).toMatchObject({
      problems: [],
      dossier: { draftCertificate: { state: "AWAITED", facts: expect.arrayContaining([{ value: "Phạm Minh Khoa" }]) } },
    });
  });

  it("an officer cannot correct a disputed draft by the facts of the grant, and is told the way", async () => {
    const { code } = await awaiting();
    await dispute(code, "Tên cháu là Phạm Minh Khoa");
    const open = await dossierThatIs(world.current, code, (dossier) => partOf(dossier, BIRTH).state === "PROCESSING");
    const part = partOf(open, BIRTH).id;
    for (const facts of [{ "child.fullName": "Phạm Minh Khoa" }, { child: { fullName: "Phạm Minh Khoa" } }]) {
      const variables = { part, decision: { grant: { facts } }, idempotencyKey: aKey() };
      const { data } = await world.current.ask(registrar, contract("decide-part"), variables);
      const [problem] = data.decidePart.problems;
      expect(problem).toMatchObject({
        code: "FACT_NOT_CORRECTABLE",
        path: ["decision", "grant", "facts", "child.fullName"],
      });
      expect(problem.messageEn).toContain("refilePart");
    }
    expect(await registered(world.current, [code])).toMatchObject({ births: 0 });
    await decided(part, { grant: { facts: { "child.fullName": "Phạm Minh Khôi", number: "01/2026" } } });
    await dossierThatIs(world.current, code, (dossier) => dossier.outcome === "GRANTED");
  });

  it.each(["", "  ", "x".repeat(1_001)])("a dispute without a readable remark is a problem: %#", async (remark) => {
    const { code } = await awaiting();
    expect(await dispute(code, remark)).toMatchObject({
      ...{ dossier: null, problems: [{ code: "DRAFT_CERTIFICATE_REMARK_MISSING", path: ["remark"] }] },
    });
    expect((await read(code)).draftCertificate.state).toBe("AWAITED");
  });
});

describe("an answer to a draft certificate", () => {
  it("an answer to a draft certificate is taken once under one key, and another answer under it is a conflict", async () => {
    const { code } = await awaiting();
    const key = aKey();
    expect(codesOf(await confirm(code, { key }))).toEqual([]);
    expect(codesOf(await confirm(code, { key }))).toEqual([]);
    expect(codesOf(await dispute(code, "Sai tên", { key }))).toEqual(["IDEMPOTENCY_CONFLICT"]);
    expect(codesOf(await dispute(code, "Sai tên"))).toEqual(["DRAFT_CERTIFICATE_NOT_AWAITED"]);
    const confirmed = notesOf(await read(code)).filter((note) => note.startsWith("Người nộp đã xác nhận"));
    expect(confirmed).toHaveLength(1);
  });

  it("of a confirmation and a dispute at once one is taken", async () => {
    const { code } = await awaiting();
    const both = await Promise.all([confirm(code), dispute(code, "Sai tên")]);
    expect(both.map(codesOf).sort()).toEqual([["DRAFT_CERTIFICATE_NOT_AWAITED"], []].sort());
    const isDisputed = codesOf(both[1] as DossierData).length === 0;
    expect((await read(code)).draftCertificate.state).toBe(isDisputed ? "DISPUTED" : "CONFIRMED");
  });

  it("an answer to a draft certificate is the parents' and the desk's: strangers find nothing, and officers may not", async () => {
    const input = anOnlineBirth();
    const { code } = await awaiting(input);
    expect(await confirm(code, { who: citizen("093195000017") })).toMatchObject(notFound);
    expect(await dispute(code, "", { who: citizen("093195000017") })).toMatchObject(notFound);
    expect(await confirm(code, { who: registrar })).toMatchObject(forbidden);
    expect(await dispute(code, "Sai tên", { who: { persona: "portal" } })).toMatchObject(forbidden);
    expect(await confirm(code, { who: citizen(input.mother.personalId) })).toMatchObject({ problems: [] });
  });

  it("an answer to a draft certificate is not taken after the dossier was withdrawn", async () => {
    const { code } = await awaiting();
    const variables = { dossier: code, reason: "Người nộp rút hồ sơ", idempotencyKey: aKey() };
    await world.current.ask(clerk, contract("withdraw-dossier"), variables);
    expect(codesOf(await confirm(code))).toEqual(["DRAFT_CERTIFICATE_NOT_AWAITED"]);
    const { draftCertificate } = await read(code);
    expect(draftCertificate).toMatchObject({ state: "LAPSED", answeredAt: null, text: null });
  });
});

const REFILE = `mutation ($part: ID!, $birthBundle: BirthBundleInput!, $key: String!) {
  refilePart(part: $part, changes: { birthBundle: $birthBundle }, idempotencyKey: $key, waitMs: 5000) {
    dossier { code draftCertificate { state facts { value } } } problems { code path } } }`;

async function decided(part: string, decision: object): Promise<void> {
  const { data } = await world.current.ask(registrar, contract("decide-part"), {
    ...{ part, decision, idempotencyKey: aKey() },
  });
  expect(data.decidePart.problems).toEqual([]);
}
