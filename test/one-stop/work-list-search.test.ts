import { beforeAll, describe, expect, it } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const MARRIAGE = "1.000894";
const SEARCH = `query ($search: String!) { workList(filter: { search: $search }, first: 50) {
  totalCount nodes { dossier { code } } } }`;
const registrar: Persona = { persona: "registrar" };
const NAME = "Đặng Thị Ngoãn Mẫu";
let code: string;

async function submitted(fullName: string, phone: string): Promise<string> {
  const input = {
    ...{ procedure: MARRIAGE, office: "31471", channel: "DESK", form: procedureForm(MARRIAGE).example, papers: [] },
    declarant: { fullName, personalId: "093195000017", phone },
  };
  const variables = { input, idempotencyKey: `work-search-${process.pid}-${serial("key")}` };
  return (await world.current.ask(clerk, contract("submit-dossier"), variables)).data.submitDossier.dossier.code;
}

beforeAll(async () => {
  code = await submitted(NAME, "0987654399");
  await submitted("Lê Thị Thử Nghiệm", "0912345678");
});

async function found(search: string, who = registrar): Promise<string[]> {
  const { data, errors } = await world.current.ask(who, SEARCH, { search });
  if (!data?.workList) throw new Error(JSON.stringify(errors));
  expect(data.workList.totalCount).toBe(data.workList.nodes.length);
  return data.workList.nodes.map((node: { dossier: { code: string } }) => node.dossier.code);
}

describe("the search of a work list", () => {
  it.each([
    ["the name without diacritics", () => "dang thi ngoan mau"],
    ["some words of it in another order", () => "Ngoãn đặng"],
    ["a phone as people write it", () => "0987.654.399"],
    ["the last four digits of the phone", () => "4399"],
    ["the tail of the code", () => code.split("-").slice(1).join("-")],
  ])("a work list is searched by %s", async (_name, search) => {
    expect(await found(search())).toEqual([code]);
  });

  it("a search of a work list finds nothing for unknown words, and nothing of another office", async () => {
    expect(await found("Đặng Không Ai")).toEqual([]);
    expect(await found(NAME, { persona: "registrar", commune: "31426" })).toEqual([]);
  });

  it("a text that is longer than any search is refused by a work list", async () => {
    const { errors } = await world.current.ask(registrar, SEARCH, { search: "a".repeat(201) });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });
});
