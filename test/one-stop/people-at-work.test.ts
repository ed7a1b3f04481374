import { describe, expect, it } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aBirthRequest, dossierThatIs } from "../given.ts";
import {
  acknowledged,
  BIRTH,
  type DossierData,
  INSURANCE,
  inFaultMode,
  isDone,
  partOf,
  registered,
  shortBackoff,
} from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const registrar: Persona = { persona: "registrar" };
const aKey = () => `work-${process.pid}-${serial("key")}`;
/** A civil-status procedure that no agency's service decides. */
const MARRIAGE = "1.000894";

async function ask(who: Persona, name: string, variables: object): Promise<DossierData> {
  const { data, errors } = await world.current.ask(who, contract(name), variables);
  if (!data) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0] ?? { errors };
}

const aDossierInput = (procedure: string) => ({
  ...{ procedure, office: "31471", channel: "DESK", form: procedureForm(procedure).example, papers: [] },
  declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  handover: { method: "DESK" },
});

async function submitted(procedure = MARRIAGE): Promise<DossierData> {
  const found = await ask(clerk, "submit-dossier", { input: aDossierInput(procedure), idempotencyKey: aKey() });
  expect(found.problems).toEqual([]);
  return found.dossier;
}

const decide = (part: string, decision: object, idempotencyKey = aKey()) =>
  ask(registrar, "decide-part", { part, decision, idempotencyKey });
const grant = { grant: { facts: { number: "01/2026" } } };

/** A birth at home, which an officer has to verify. */
async function aHomeBirth(): Promise<DossierData> {
  const input = aBirthRequest();
  input.child = {
    ...input.child,
    birthNotice: null,
    withoutNotice: { kind: "WITNESS", text: "Người làm chứng xác nhận" },
  };
  const { code } = await acknowledged(world.current, input);
  return dossierThatIs(world.current, code, (dossier) => partOf(dossier, BIRTH).state === "PROCESSING");
}

describe("a dossier for one procedure", () => {
  it("a dossier for one procedure is durable, explains its due date, and waits in the work list of the agency's officers", async () => {
    const { code, parts, dueAtExplanation } = await submitted();
    expect(parts).toMatchObject([
      { state: "PROCESSING", procedure: { code: MARRIAGE }, agency: { code: "CIVIL_STATUS" } },
    ]);
    expect(dueAtExplanation.at(-1).rule).toBe("DUE");
    const list = await ask(registrar, "work-list", { first: 200 });
    expect(list.totalCount).toBe(list.nodes.length);
    expect(list.nodes.map((node: DossierData) => node.dossier.code)).toContain(code);
  });

  it("an unknown procedure is a problem, and the same key gives the same dossier", async () => {
    const unknown = await ask(clerk, "submit-dossier", { input: aDossierInput("9.999999"), idempotencyKey: aKey() });
    expect(unknown).toMatchObject({ dossier: null, problems: [{ code: "PROCEDURE_UNKNOWN", path: ["procedure"] }] });
    const variables = { input: aDossierInput(MARRIAGE), idempotencyKey: aKey() };
    const [first, again] = [
      await ask(clerk, "submit-dossier", variables),
      await ask(clerk, "submit-dossier", variables),
    ];
    expect(again.dossier.code).toBe(first.dossier.code);
    const empty = { input: { ...aDossierInput(MARRIAGE), form: {} }, idempotencyKey: aKey() };
    const { dossier, problems } = await ask(clerk, "submit-dossier", empty);
    expect(dossier).toBeNull();
    expect(problems[0].path[0]).toBe("form");
  });

  it("a dossier for one procedure is granted by an officer once, with the officer's name, and handed over by the desk", async () => {
    const { code, parts } = await submitted();
    const part = parts[0].id;
    const key = aKey();
    const decided = await decide(part, grant, key);
    expect(decided).toMatchObject({
      problems: [],
      part: { state: "GRANTED", decidedBy: { id: "demo:registrar:31471" } },
    });
    expect(await decide(part, grant, key)).toMatchObject({ problems: [], part: { state: "GRANTED" } });
    const other = await decide(part, { refuse: { reason: "Không đủ điều kiện", legalBasis: "Điều 8" } });
    expect(other).toMatchObject({ problems: [{ code: "PART_NOT_OPEN" }], part: { state: "GRANTED" } });
    const conflict = await decide(part, { refuse: { reason: "Không đủ", legalBasis: "Điều 8" } }, key);
    expect(conflict.problems).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
    const input = { method: "DESK", receivedBy: { fullName: "Lê Thị Thử Nghiệm" }, receiptCode: "R1" };
    const returned = await ask(clerk, "return-results", { dossier: code, input, idempotencyKey: aKey() });
    expect(returned).toMatchObject({ problems: [], dossier: { state: "RETURNED", nationalStatus: 10 } });
  });

  it("a dossier for one procedure is refused with reason and legal basis", async () => {
    const { code, parts } = await submitted();
    const refuse = { reason: "Hồ sơ không đủ điều kiện", legalBasis: "Luật Hộ tịch 60/2014, điều 18" };
    expect(await decide(parts[0].id, { refuse })).toMatchObject({ part: { state: "REFUSED", refusal: refuse } });
    expect(await dossierThatIs(world.current, code, isDone)).toMatchObject({
      ...{ outcome: "REFUSED", parts: [{ refusal: { code: "REFUSED_BY_OFFICER", message: refuse.reason } }] },
    });
  });

  it("a dossier for one procedure awaits the citizen while a supplement is open, and continues with the answer", async () => {
    const { code, parts } = await submitted();
    const items = [{ code: "PAPER", text: "Bổ sung giấy xác nhận" }];
    expect(await decide(parts[0].id, { supplement: { items } })).toMatchObject({
      problems: [],
      part: { state: "SUPPLEMENT_NEEDED", supplement: { items } },
    });
    const none = await ask(clerk, "answer-supplement", { dossier: code, answers: [], idempotencyKey: aKey() });
    expect(none).toMatchObject({ dossier: null, problems: [{ code: "SUPPLEMENT_INCOMPLETE" }] });
    const answers = [{ item: "PAPER", text: "Đã nộp", attachment: null }];
    const unasked = [...answers, { item: "CT01", text: "Nộp thêm", attachment: null }];
    const more = await ask(clerk, "answer-supplement", { dossier: code, answers: unasked, idempotencyKey: aKey() });
    expect(more.problems).toMatchObject([{ code: "SUPPLEMENT_ITEM_NOT_ASKED", path: ["answers", "1", "item"] }]);
    const answered = await ask(clerk, "answer-supplement", { dossier: code, answers, idempotencyKey: aKey() });
    expect(answered).toMatchObject({
      problems: [],
      dossier: { state: "IN_PROGRESS", parts: [{ state: "PROCESSING" }] },
    });
    expect(await decide(parts[0].id, grant)).toMatchObject({ problems: [], part: { state: "GRANTED" } });
  });

  it("a dossier for one procedure is due later after an extension, and a decision with two answers is a problem", async () => {
    const { parts } = await submitted();
    const [part] = parts;
    const extended = await decide(part.id, { extend: { reason: "Cần xác minh", workingDays: 3 } });
    expect(Date.parse(extended.part.dueAt)).toBeGreaterThan(Date.parse(part.dueAt));
    const both = await decide(part.id, { ...grant, refuse: { reason: "-", legalBasis: "-" } });
    expect(both.problems).toMatchObject([{ code: "DECISION_MALFORMED" }]);
  });

  it("the withdrawal of a dossier for one procedure cancels its open part, which can no longer be decided", async () => {
    const { code, parts } = await submitted();
    const variables = { dossier: code, reason: "Không còn nhu cầu", idempotencyKey: aKey() };
    const withdrawn = await ask(clerk, "withdraw-dossier", variables);
    expect(withdrawn).toMatchObject({ problems: [], dossier: { state: "WITHDRAWN" }, kept: [] });
    expect(withdrawn.cancelled).toMatchObject([{ procedure: { code: MARRIAGE } }]);
    expect((await decide(parts[0].id, grant)).problems).toMatchObject([{ code: "PART_NOT_OPEN" }]);
    expect(await ask(clerk, "withdraw-dossier", variables)).toMatchObject({ problems: [], dossier: { code } });
  });
});

describe("two officers at once", () => {
  it("of two officers at once one claims the part, and the other learns who has it and cannot decide it", async () => {
    const { parts } = await submitted();
    const part = parts[0].id;
    const other: Persona = {
      claims: {
        sub: "other",
        role: "registrar",
        office: "31471",
        agency: "CIVIL_STATUS",
        scope: "work:read work:decide dossier:read",
      },
    };
    const results = await Promise.all([ask(registrar, "claim-part", { part }), ask(other, "claim-part", { part })]);
    const codes = results.map(({ problems }) => problems[0]?.code ?? "CLAIMED").sort();
    expect(codes).toEqual(["ALREADY_CLAIMED", "CLAIMED"]);
    const loser = results[0].problems.length > 0 ? registrar : other;
    const decided = await ask(loser, "decide-part", { part, decision: grant, idempotencyKey: aKey() });
    expect(decided.problems).toMatchObject([{ code: "ALREADY_CLAIMED" }]);
  });

  it("officers of another agency find nothing to decide", async () => {
    const { parts } = await submitted();
    const { errors } = await ask({ persona: "police" }, "claim-part", { part: parts[0].id });
    expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  });
});

describe("a part that an agency has", () => {
  it("a part at an agency is granted by its officer and registered, and the dossier continues", async () => {
    const dossier = await aHomeBirth();
    const decided = await decide(partOf(dossier, BIRTH).id, grant);
    expect(decided).toMatchObject({
      problems: [],
      part: { state: "GRANTED", result: { __typename: "BirthRegistration" } },
    });
    const done = await dossierThatIs(world.current, dossier.code, isDone);
    expect(done).toMatchObject({ outcome: "GRANTED" });
    expect(await registered(world.current, [dossier.code])).toMatchObject({ births: 1, numbers: 1, cards: 1 });
  });

  it("a part at an agency is decided after an outage, however often the decision has to be sent", async () => {
    const dossier = await aHomeBirth();
    const part = partOf(dossier, BIRTH).id;
    await inFaultMode(world.current, "CIVIL_STATUS", "LOSES_ANSWERS", async () => {
      expect((await decide(part, grant)).problems).toEqual([]);
    });
    const done = await dossierThatIs(world.current, dossier.code, isDone);
    expect(done).toMatchObject({ outcome: "GRANTED" });
    expect(await registered(world.current, [dossier.code])).toMatchObject({ births: 1 });
  });

  it("a part at an agency continues when the citizen answers the supplement", async () => {
    const code = await inFaultMode(world.current, "HEALTH_INSURANCE", "ASKS_FOR_PAPERS", async () => {
      const { code } = await acknowledged(world.current, aBirthRequest());
      await dossierThatIs(world.current, code, ({ state }) => state === "AWAITING_CITIZEN");
      return code;
    });
    const answers = [{ item: "DEMO_PAPER", text: "Đã nộp", attachment: null }];
    const answered = await ask(clerk, "answer-supplement", { dossier: code, answers, idempotencyKey: aKey() });
    expect(answered.problems).toEqual([]);
    const done = await dossierThatIs(world.current, code, isDone);
    expect(partOf(done, INSURANCE).state).toBe("GRANTED");
  });

  it("a withdrawal keeps granted parts, which are legal facts, and cancels open parts at their agencies", async () => {
    const code = await inFaultMode(world.current, "HEALTH_INSURANCE", "ASKS_FOR_PAPERS", async () => {
      const { code } = await acknowledged(world.current, aBirthRequest());
      await dossierThatIs(world.current, code, ({ state }) => state === "AWAITING_CITIZEN");
      return code;
    });
    const variables = { dossier: code, reason: "Chuyển nơi ở", idempotencyKey: aKey() };
    const withdrawn = await ask(clerk, "withdraw-dossier", variables);
    expect(withdrawn).toMatchObject({ problems: [], dossier: { state: "WITHDRAWN" } });
    expect(withdrawn.cancelled.map((part: DossierData) => part.procedure.code)).toEqual([INSURANCE]);
    expect(withdrawn.kept.map((part: DossierData) => part.procedure.code)).toContain(BIRTH);
  });
});
