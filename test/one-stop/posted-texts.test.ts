import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { postedTextFault } from "../../subgraphs/one-stop/procedures/posted-text.ts";
import { contract, sharedWorld } from "../world.ts";

const world = sharedWorld();

type Entry = {
  code: string;
  executing: string;
  legalBasis: string[];
  fees: { name: string; amountVnd: number | null }[];
  feeNote: string | null;
  processingTime: { quantity: number | null; unit: string | null; note: string | null };
  certainty: { mark: string; remarks: string[] };
};

const { procedures } = JSON.parse(
  readFileSync(projectPath("subgraphs", "one-stop", "data", "procedures.json"), "utf8"),
) as { procedures: Entry[] };

/** Every text that a value holds, codes and enum values aside. */
function textsIn(value: unknown, key = ""): string[] {
  if (typeof value === "string") return ["code", "unit", "channels", "__typename"].includes(key) ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, key));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, name));
}

describe("the public catalogue", () => {
  it("the public catalogue has only complete Vietnamese texts, for all 77 procedures", async () => {
    const { data } = await world.current.ask(null, contract("procedures"), { first: 200 });
    expect(data.procedures.nodes).toHaveLength(77);
    const texts = textsIn(data.procedures.nodes);
    expect(texts.length).toBeGreaterThan(300);
    expect(texts.flatMap((text) => (postedTextFault(text) === null ? [] : [text]))).toEqual([]);
  });

  it("the public catalogue writes notes as whole sentences", () => {
    const notes = procedures.flatMap(({ feeNote, processingTime }) => [feeNote, processingTime.note]);
    for (const note of notes.filter((each) => each !== null)) expect(note).toMatch(/^[\p{Lu}\d].*\.$/u);
  });

  it("the public catalogue explains every term without a number, and every fee without an amount or a line of its own", () => {
    for (const { processingTime, fees, feeNote } of procedures) {
      if (processingTime.quantity === null) expect(processingTime.note).not.toBeNull();
      if (fees.length === 0 || fees.some(({ amountVnd }) => amountVnd === null)) expect(feeNote).not.toBeNull();
    }
  });

  it("the public catalogue gives each legal basis with the usual number of a document", () => {
    const numbers = procedures.flatMap(({ legalBasis }) => legalBasis.map((text) => text.split(" ").at(-1)));
    for (const number of numbers) expect(number).toMatch(/^\d+\/(?:\d{4}\/)?[\p{Lu}Đ]+(?:-[\p{Lu}\d]+)+$/u);
  });

  it("the public catalogue keeps notes for the operator out of the graph", () => {
    const api = readFileSync(projectPath("schema", "api.graphql"), "utf8");
    expect(api).not.toMatch(/certainty|remarks/i);
    expect(procedures.every(({ certainty }) => ["sure", "likely", "unsure"].includes(certainty.mark))).toBe(true);
    expect(procedures.filter(({ certainty }) => certainty.remarks.length > 0).length).toBeGreaterThan(40);
  });
});

describe("a text for the wall of an office", () => {
  it.each([
    "same working day; received after 15:00 -> next working day",
    "portal rows 150,000 (online/post) and 50,000 (counter) are placeholders; make it configurable",
    "case rows differ: 5 WORKING_DAY",
    "set by provincial council",
    "5 with verification; reported replaced by 3.000722 in 2026",
    "Thời hạn: see the note",
    "Phí cần configurable",
    "Phí thẩm định TODO",
    "Le phi ho tich",
    "Phí  thẩm định",
    "",
  ])("a posted text may not be %j", (text) => {
    expect(postedTextFault(text)).not.toBeNull();
  });

  it.each([
    "Không quá 2 ngày làm việc.",
    "8.000 đồng cho một bản sao.",
    "Quyết định 163/QĐ-BTP",
    "Thông tư liên tịch 05/2015/TTLT-BTP-BCA-BYT",
    "Cấp giấy phép kinh doanh dịch vụ karaoke",
    "UBND cấp xã; BHXH tỉnh",
  ])("a posted text may be %j", (text) => {
    expect(postedTextFault(text)).toBeNull();
  });
});
