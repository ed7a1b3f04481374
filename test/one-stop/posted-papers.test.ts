import { expect, it } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { shortBackoff } from "../kit/dossier-outcomes.ts";
import { postedPapers } from "../kit/posted-papers.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
/** Civil-status procedure whose papers are posted, and one of which none are published. */
const POSTED = { code: "1.004873", paper: "MARITAL_STATUS_DECLARATION" };
const UNPUBLISHED = "1.000894";
const aKey = () => `papers-${process.pid}-${serial("key")}`;

async function anOpenPart(procedure: string): Promise<string> {
  const input = {
    ...{
      procedure,
      office: "31471",
      channel: "DESK",
      form: procedureForm(procedure).example,
      papers: postedPapers(procedure),
    },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  };
  const { data } = await world.current.ask(clerk, contract("submit-dossier"), { input, idempotencyKey: aKey() });
  return data.submitDossier.dossier.parts[0].id;
}

async function asked(part: string, items: object[]) {
  const variables = { part, decision: { supplement: { items } }, idempotencyKey: aKey() };
  return (await world.current.ask({ persona: "registrar" }, contract("decide-part"), variables)).data.decidePart;
}

const outside = { code: "GIAY_KHAC", text: "Giấy tờ khác" };

it("a paper outside the posted list is asked for only with a legal basis, which is on record", async () => {
  const part = await anOpenPart(POSTED.code);
  expect(await asked(part, [{ code: POSTED.paper, text: "Tờ khai" }, outside])).toMatchObject({
    problems: [{ code: "PAPER_NEEDS_LEGAL_BASIS", path: ["decision", "supplement", "items", "1", "legalBasis"] }],
    part: { state: "PROCESSING" },
  });
  const legalBasis = "Nghị định 123/2015/NĐ-CP, Điều 22";
  expect(await asked(part, [{ ...outside, legalBasis }])).toMatchObject({
    problems: [],
    part: { state: "SUPPLEMENT_NEEDED" },
  });
  const acts = await world.current.sql("one-stop")`select details from acts where step_id = ${part}`;
  expect(JSON.stringify(acts)).toContain(legalBasis);
});

it("a posted paper, and any paper where no list is published, are asked for without a legal basis", async () => {
  const posted = await asked(await anOpenPart(POSTED.code), [{ code: POSTED.paper, text: "Tờ khai" }]);
  const unpublished = await asked(await anOpenPart(UNPUBLISHED), [outside]);
  for (const each of [posted, unpublished])
    expect(each).toMatchObject({ problems: [], part: { state: "SUPPLEMENT_NEEDED" } });
});
