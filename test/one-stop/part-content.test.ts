import { describe, expect, it } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aBirthRequest } from "../given.ts";
import { aPdf, upload } from "../kit/attachment-requests.ts";
import { acknowledged, type DossierData, shortBackoff } from "../kit/dossier-outcomes.ts";
import { clerk, type Persona, sharedWorld } from "../world.ts";
import { aDossierFor, aKey, ask, decide, registrar } from "./legal-clock/stories.ts";

const world = sharedWorld(shortBackoff);
const MARRIAGE = "1.000894";
const CONTENT = `query ($code: ID!) { dossier(code: $code) {
  parts { agency { code } content supplementAnswers { item text attachment } } } }`;

async function partsFor(who: Persona, code: string): Promise<{ parts: DossierData[]; refused: string[] }> {
  const { data, errors } = await world.current.ask(who, CONTENT, { code });
  const refused = (errors ?? []).map(({ path, extensions }: DossierData) => `${path.join(".")} ${extensions.code}`);
  return { parts: data.dossier?.parts ?? [], refused };
}

describe("what a request says for a part", () => {
  it("what a request says for a part is read by its officer with the papers and the citizen's answers to a supplement", async () => {
    const { id: paper } = (await upload(world.current, aPdf())).body;
    const { id: added } = (await upload(world.current, aPdf())).body;
    const papers = [{ code: "TO_KHAI", attachment: paper, kind: "SCAN" }];
    const input = { ...aDossierFor(MARRIAGE), papers };
    const { dossier } = await ask(world.current, clerk, "submit-dossier", { input, idempotencyKey: aKey() });
    const items = [{ code: "PAPER", text: "Bổ sung giấy xác nhận", legalBasis: "điều 7 Nghị định 118/2025/NĐ-CP" }];
    await decide(world.current, dossier.parts[0].id, { supplement: { items } });
    expect((await partsFor(registrar, dossier.code)).parts[0].supplementAnswers).toEqual([]);
    const answers = [{ item: "PAPER", text: "Đã nộp", attachment: added }];
    await ask(world.current, clerk, "answer-supplement", { dossier: dossier.code, answers, idempotencyKey: aKey() });
    const { parts, refused } = await partsFor(registrar, dossier.code);
    expect(refused).toEqual([]);
    const [part] = parts;
    expect(part.content).toMatchObject({ ...(procedureForm(MARRIAGE).example as object), papers });
    expect(part.supplementAnswers).toEqual(answers);
  });

  it("what a request says for a part of a bundle is its agency's share alone, and is hidden from the other agencies and a portal", async () => {
    const input = aBirthRequest();
    const { code } = await acknowledged(world.current, input);
    const atDesk = await partsFor(clerk, code);
    expect(atDesk.refused).toEqual([]);
    expect(atDesk.parts.map(({ content }) => "child" in content || "residence" in content)).toContain(true);
    for (const [persona, own] of [
      ["registrar", 0],
      ["police", 1],
      ["insurer", 2],
    ] as const) {
      const { parts, refused } = await partsFor({ persona }, code);
      expect(parts[own].content).toEqual(atDesk.parts[own].content);
      expect(refused.filter((each) => each.includes(`parts.${own}.`))).toEqual([]);
      expect(refused).toHaveLength(4);
      for (const each of refused) expect(each).toMatch(/(content|supplementAnswers) NOT_FOUND$/);
    }
    expect((await partsFor({ persona: "portal" }, code)).refused).toHaveLength(6);
  });
});
