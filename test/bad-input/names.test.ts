import { describe, expect, it } from "vitest";
import { unpackJson } from "../../subgraphs/_shared/registers/packed-json.ts";
import type { BirthRequest } from "../../subgraphs/one-stop/bundles/birth/birth-request.ts";
import { readDossier } from "../given.ts";
import { clerk, contract } from "../world.ts";
import {
  changedRequest,
  checkResult,
  type InputChange,
  refusalsOf,
  submitAccepted,
  worldWithLongDeadlines,
} from "./refused-requests.ts";

const world = worldWithLongDeadlines();

async function storedChild(code: string): Promise<BirthRequest["child"]> {
  const [row] = await world.current.sql("one-stop")<{ request: Uint8Array }[]>`
    select request from requests where dossier_id = (select id from dossiers where code = ${code})`;
  return (unpackJson(row?.request ?? new Uint8Array()) as BirthRequest).child; // the request is of a birth
}

const named =
  (fullName: string): InputChange =>
  ({ child }) =>
    Object.assign(child, { fullName });

describe("a child's name", () => {
  it.each([
    ["nothing", "", "NAME_EMPTY"],
    ["only spaces", " \u00a0 ", "NAME_EMPTY"],
    ["only an apostrophe", "'", "NAME_EMPTY"],
    ["digits", "Phạm Minh Khôi 2", "NAME_HAS_DIGITS"],
    ["Arabic digits", "Phạm Minh Khôi ٢", "NAME_HAS_DIGITS"],
    ["a Roman numeral sign", "Phạm Minh Khôi Ⅱ", "NAME_HAS_DIGITS"],
    ["a Cyrillic а", "Ph\u0430m Minh Khôi", "NAME_FOREIGN_SCRIPT"],
    ["a Greek ο", "Phạm Minh Kh\u03bfi", "NAME_FOREIGN_SCRIPT"],
    ["fullwidth letters", "Ｐhạm Minh Khôi", "NAME_FOREIGN_SCRIPT"],
    ["a Latin-like script letter", "𝐏hạm Minh Khôi", "NAME_FOREIGN_SCRIPT"],
    ["a hyphen, which no child of ours has", "Phạm-Minh Khôi", "NAME_SYMBOL"],
    ["an emoji", "Phạm Minh Khôi 👶", "NAME_SYMBOL"],
    ["a tag of HTML", "<b>Phạm</b>", "NAME_SYMBOL"],
    ["a zero-width space", "Phạm\u200b Minh Khôi", "NAME_INVISIBLE_CHARACTER"],
    ["a zero-width joiner", "Phạm\u200d Minh Khôi", "NAME_INVISIBLE_CHARACTER"],
    ["a byte-order mark", "\ufeffPhạm Minh Khôi", "NAME_INVISIBLE_CHARACTER"],
    ["a right-to-left override", "Phạm \u202eMinh Khôi", "NAME_INVISIBLE_CHARACTER"],
    ["an isolate", "Phạm \u2067Minh\u2069 Khôi", "NAME_INVISIBLE_CHARACTER"],
    ["a soft hyphen", "Phạm Mi\u00adnh Khôi", "NAME_INVISIBLE_CHARACTER"],
    ["a line break", "Phạm\nMinh Khôi", "NAME_INVISIBLE_CHARACTER"],
    ["a null character", "Phạm\u0000 Minh Khôi", "NAME_INVISIBLE_CHARACTER"],
    ["half a surrogate pair", "Phạm \ud83d Khôi", "NAME_INVISIBLE_CHARACTER"],
    ["a private-use character", "Phạm \ue000 Khôi", "NAME_INVISIBLE_CHARACTER"],
    ["151 characters", "Ế".repeat(151), "NAME_TOO_LONG"],
    ["151 characters decomposed", "Ế".normalize("NFD").repeat(151), "NAME_TOO_LONG"],
    ["5,000 characters", "a ".repeat(2_500), "NAME_TOO_LONG"],
    ["thousands of marks on one letter", `Pha${"\u0323".repeat(5_000)}m`, "NAME_TOO_LONG"],
  ])("a child's name with %s is refused", async (_, name, code) => {
    expect(await refusalsOf(world.current, changedRequest(named(name)))).toEqual([
      { code, at: "child.fullName", agency: null },
    ]);
  });

  it.each([
    ["of a French child", { nationality: "FRA", fullName: "Anne-Marie Dupont-Mẫu" }],
    ["of an Icelandic child", { nationality: "ISL", fullName: "Guðrún Þórsdóttir" }],
    ["of a child of a people whose names bear hyphens", { ethnicity: "Ê Đê", fullName: "Y-Bhăm Niê" }],
    ["typed with the Icelandic Ð", { fullName: "Ðặng Minh Khôi" }],
  ])("a name %s is no problem", async (_, facts) => {
    const input = changedRequest(({ child }) => Object.assign(child, facts));
    expect(await checkResult(world.current, input)).toMatchObject({ ready: true, problems: [] });
  });

  it.each([
    ["of 150 characters", "Ế".repeat(150)],
    ["with an apostrophe", "H'Hen Niê"],
    ["of one word", "Y"],
    ["with a letter of Ê Đê", "Y Ƀar Ê̆ban"],
  ])("%s is accepted as a child's name", async (_, name) => {
    expect(await checkResult(world.current, changedRequest(named(name)))).toMatchObject({ ready: true });
  });

  it("a child's name in decomposed Unicode is accepted, stored and returned in NFC with single spaces", async () => {
    const name = " Phạm  Thị\u00a0Mỹ Duyên ".normalize("NFD");
    const code = await submitAccepted(world.current, changedRequest(named(name)));
    const { data } = await readDossier(world.current, code);
    const { child } = data.dossier.parts[0].result;
    expect(child.fullName).toBe("Phạm Thị Mỹ Duyên");
    const citizen = await world.current.ask(clerk, contract("citizen"), { personalId: child.personalId });
    expect(citizen.data.citizen.fullName).toBe("Phạm Thị Mỹ Duyên");
    expect((await storedChild(code)).fullName).toBe("Phạm Thị Mỹ Duyên");
  });
});

describe("the names of the others", () => {
  it.each([
    ["mother", "fullName", "Lê Thị 3", "NAME_HAS_DIGITS"],
    ["father", "fullName", "Ph\u0430m Văn Mẫu", "NAME_FOREIGN_SCRIPT"],
    ["declarant", "fullName", "\u202eLê", "NAME_INVISIBLE_CHARACTER"],
    ["mother", "ethnicity", "Kinh\u200b", "TEXT_INVISIBLE_CHARACTER"],
    ["father", "ethnicity", "Kinh ".repeat(11), "TEXT_TOO_LONG"],
    ["mother", "nationality", "\u0000", "NATIONALITY_MALFORMED"],
  ] as const)("%s.%s with the name %j is refused like a child's name", async (who, field, value, code) => {
    const input = changedRequest((each) => Object.assign(each[who] ?? {}, { [field]: value }));
    expect(await refusalsOf(world.current, input)).toEqual([{ code, at: `${who}.${field}`, agency: null }]);
  });
});

describe("a free text", () => {
  const line =
    (text: string): InputChange =>
    ({ residence }) =>
      Object.assign(residence?.address ?? {}, { line: text });
  const facility =
    (text: string): InputChange =>
    ({ child }) =>
      Object.assign(child.placeOfBirth, { facilityName: text });
  const oath =
    (text: string): InputChange =>
    ({ child }) =>
      Object.assign(child, { birthNotice: null, withoutNotice: { kind: "UNDERTAKING", text } });

  it.each([
    ["5,000 characters of address", line("ấ".repeat(5_000)), "TEXT_TOO_LONG", "residence.address.line"],
    ["201 characters of address", line("ấ".repeat(201)), "TEXT_TOO_LONG", "residence.address.line"],
    ["a null character", line("Số 12\u0000"), "TEXT_INVISIBLE_CHARACTER", "residence.address.line"],
    ["half a surrogate pair", line("Số 12 \udc00"), "TEXT_INVISIBLE_CHARACTER", "residence.address.line"],
    ["nothing", line("  "), "TEXT_EMPTY", "residence.address.line"],
    ["a facility of 5,000 characters", facility("x".repeat(5_000)), "TEXT_TOO_LONG", "child.placeOfBirth.facilityName"],
    ["a facility with a null", facility("\u0000"), "TEXT_INVISIBLE_CHARACTER", "child.placeOfBirth.facilityName"],
    ["an oath of 5,000 characters", oath("x".repeat(5_000)), "TEXT_TOO_LONG", "child.withoutNotice.text"],
    ["an oath of two lines", oath("Tôi\ncam đoan"), "TEXT_INVISIBLE_CHARACTER", "child.withoutNotice.text"],
  ])("free text with %s is refused", async (_, spoil, code, at) => {
    expect(await refusalsOf(world.current, changedRequest(spoil))).toEqual([{ code, at, agency: null }]);
  });

  it("free text with an emoji or SQL in it is accepted as text", async () => {
    for (const text of ["Trạm 🏥 số 1", "'; drop table births; --"]) {
      const code = await submitAccepted(world.current, changedRequest(facility(text)));
      expect((await storedChild(code)).placeOfBirth.facilityName).toBe(text);
    }
  });
});
