import { describe, expect, it } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aPdf, upload } from "../kit/attachment-requests.ts";
import { type DossierData, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const registrar: Persona = { persona: "registrar" };
const aKey = () => `texts-${process.pid}-${serial("key")}`;
const MARRIAGE = "1.000894";

async function ask(who: Persona, name: string, variables: object): Promise<DossierData> {
  const { data, errors } = await world.current.ask(who, contract(name), { idempotencyKey: aKey(), ...variables });
  return Object.values(data ?? {})[0] ?? { errors };
}
const faults = ({ problems }: DossierData) =>
  problems.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join(".")}`);

type Paper = { code: string; attachment?: string; kind: string };
const submission = (papers: Paper[]) => ({
  input: {
    ...{ procedure: MARRIAGE, office: "31471", channel: "DESK", form: procedureForm(MARRIAGE).example, papers },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  },
});
async function submitted(): Promise<{ code: string; part: string }> {
  const { dossier } = await ask(clerk, "submit-dossier", submission([]));
  return { code: dossier.code, part: dossier.parts[0].id };
}
const aPaper = (more: object = {}) => ({ code: "PAPER", text: "Bổ sung giấy xác nhận", legalBasis: "Điều 9", ...more });
const supplement = (...items: object[]) => ({ supplement: { items } });
const refusal = (more: object) => ({ refuse: { reason: "Không đủ điều kiện", legalBasis: "Điều 8", ...more } });

describe("the texts of an act", () => {
  it.each<[string, object, string]>([
    ["a refusal without a reason", refusal({ reason: " " }), "TEXT_EMPTY decision.refuse.reason"],
    ["a refusal without a legal basis", refusal({ legalBasis: "" }), "TEXT_EMPTY decision.refuse.legalBasis"],
    ["a refusal of 1,001 characters", refusal({ reason: "x".repeat(1_001) }), "TEXT_TOO_LONG decision.refuse.reason"],
    [
      "a refusal with hidden characters",
      refusal({ reason: "a\u202eb" }),
      "TEXT_INVISIBLE_CHARACTER decision.refuse.reason",
    ],
    ["an extension without a reason", { extend: { reason: "", workingDays: 2 } }, "TEXT_EMPTY decision.extend.reason"],
    ["a supplement without a paper", supplement(), "SUPPLEMENT_ITEMS_IMPOSSIBLE decision.supplement.items"],
    [
      "a supplement with a paper twice",
      supplement(aPaper(), aPaper()),
      "SUPPLEMENT_ITEMS_IMPOSSIBLE decision.supplement.items",
    ],
    ["a paper without a code", supplement(aPaper({ code: "" })), "TEXT_EMPTY decision.supplement.items.0.code"],
    ["a paper without a text", supplement(aPaper({ text: "\n" })), "TEXT_EMPTY decision.supplement.items.0.text"],
  ])("%s is a problem with its path, and the part stays open", async (_, decision, problem) => {
    const { part } = await submitted();
    const decided = await ask(registrar, "decide-part", { part, decision });
    expect(faults(decided)).toEqual([problem]);
    expect(decided.part.state).toBe("PROCESSING");
  });

  it("a reason in several lines, in decomposed letters and with an emoji is kept as it was given", async () => {
    const { part } = await submitted();
    const reason = `Hồ sơ còn thiếu:\n- ${"giấy xác nhận".normalize("NFD")} 👶`;
    const decided = await ask(registrar, "decide-part", { part, decision: refusal({ reason }) });
    expect(decided).toMatchObject({ problems: [], part: { refusal: { reason } } });
  });

  it("an answer without text and attachment, a withdrawal without a reason and a recipient without a name are problems", async () => {
    const { code: dossier, part } = await submitted();
    await ask(registrar, "decide-part", { part, decision: supplement(aPaper()) });
    const answers = [{ item: "PAPER", text: " ", attachment: null }];
    expect(faults(await ask(clerk, "answer-supplement", { dossier, answers }))).toEqual([
      "SUPPLEMENT_ANSWER_EMPTY answers.0",
    ]);
    expect(faults(await ask(clerk, "withdraw-dossier", { dossier, reason: "\u200b" }))).toEqual([
      "TEXT_INVISIBLE_CHARACTER reason",
    ]);
    const receivedBy = { fullName: "4", personalId: "12" };
    const inputs = [
      { receivedBy },
      { receivedBy: { ...receivedBy, fullName: "Lê Thị Hai" } },
      { receiptCode: "x".repeat(51) },
    ];
    const returned = await Promise.all(
      inputs.map((input) => ask(clerk, "return-results", { dossier, input: { method: "DESK", ...input } })),
    );
    expect(returned.flatMap(faults)).toEqual([
      "NAME_HAS_DIGITS input.receivedBy.fullName",
      "PERSONAL_ID_MALFORMED input.receivedBy.personalId",
      "TEXT_TOO_LONG input.receiptCode",
    ]);
  });
});

describe("the papers of a dossier", () => {
  it("a submission of more than a hundred papers, and a code or a relation of a whole page, are problems", async () => {
    const papers = Array.from({ length: 101 }, () => ({ code: "TO_KHAI", kind: "COPY" }));
    expect(faults(await ask(clerk, "submit-dossier", submission(papers)))).toEqual(["ATTACHMENTS_TOO_MANY papers"]);
    const { input } = submission([{ code: "x".repeat(2_000), kind: "COPY" }]);
    Object.assign(input.declarant, { relation: "x".repeat(2_000) });
    expect(faults(await ask(clerk, "submit-dossier", { input })).sort()).toEqual([
      "TEXT_TOO_LONG declarant.relation",
      "TEXT_TOO_LONG papers.0.code",
    ]);
  });

  it("answers that would give a dossier more than a hundred attachments are a problem, and a repeated file counts once", async () => {
    const { code: dossier, part } = await submitted();
    await ask(registrar, "decide-part", { part, decision: supplement(aPaper()) });
    const { id } = (await upload(world.current, aPdf(), "clerk")).body;
    await world.current.sql("one-stop")`
      insert into dossier_attachments (attachment, dossier_id)
      select 'sha256:' || n, id from dossiers, generate_series(1, 100) n where code = ${dossier}`;
    const answer = (attachment: string) =>
      ask(clerk, "answer-supplement", { dossier, answers: [{ item: "PAPER", text: null, attachment }] });
    expect(faults(await answer(id))).toEqual(["ATTACHMENTS_TOO_MANY answers"]);
    await world.current.sql("one-stop")`delete from dossier_attachments where attachment = 'sha256:100'`;
    expect(faults(await answer(id))).toEqual([]);
  });
});
