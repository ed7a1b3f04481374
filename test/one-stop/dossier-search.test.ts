import { beforeAll, describe, expect, it } from "vitest";
import { aBirthRequest } from "../given.ts";
import { acknowledged, shortBackoff } from "../kit/dossier-outcomes.ts";
import { clerk, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const SEARCH =
  "query ($search: String!) { dossiers(filter: { search: $search }, first: 50) { totalCount nodes { code } } }";
const NAME = "Hoàng Đức Ngữ Mẫu";
let code: string;
let mother: string;

beforeAll(async () => {
  const input = aBirthRequest();
  input.child.fullName = NAME;
  input.declarant.phone = "0987 654 321";
  mother = input.mother.personalId ?? "";
  code = (await acknowledged(world.current, input)).code;
  await acknowledged(world.current, aBirthRequest());
});

async function found(search: string, who: Persona = clerk): Promise<string[]> {
  const { data, errors } = await world.current.ask(who, SEARCH, { search });
  if (!data?.dossiers) throw new Error(JSON.stringify(errors));
  return data.dossiers.nodes.map((node: { code: string }) => node.code);
}

describe("the search of dossiers", () => {
  it.each([
    ["the name as it is written", () => NAME],
    ["the name without diacritics", () => "hoang duc ngu mau"],
    ["some words of it in another order", () => "Ngữ hoàng"],
    ["a phone as people write it", () => "0987.654.321"],
    ["a phone with the country's code", () => "+84987654321"],
    ["the last four digits of the phone", () => "4321"],
    ["the number of a parent", () => mother],
    ["the code", () => code],
    ["the code in small letters", () => code.toLowerCase()],
    ["the tail of the code", () => code.split("-").slice(1).join("-")],
  ])("the search of dossiers finds a dossier by %s", async (_name, search) => {
    expect(await found(search())).toEqual([code]);
  });

  it("the search of dossiers finds a dossier by the number at the end of its code, among those of other days and offices", async () => {
    expect(await found(code.split("-").at(-1) ?? "")).toContain(code);
  });

  it("the search of dossiers finds nothing for words that no dossier has, and nothing outside the caller's reach", async () => {
    expect(await found("Hoàng Không Ai")).toEqual([]);
    expect(await found("' or 1=1 --")).toEqual([]);
    expect(await found(NAME, { persona: "clerk", commune: "31426" })).toEqual([]);
  });

  it("the search of dossiers refuses a text that is longer than any search", async () => {
    const { errors } = await world.current.ask(clerk, SEARCH, { search: "a".repeat(201) });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });
});
