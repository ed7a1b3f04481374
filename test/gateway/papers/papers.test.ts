import { beforeAll, describe, expect, test } from "vitest";
import { aBirthRequest, dossierThatIs } from "../../given.ts";
import {
  acknowledged,
  BIRTH,
  type DossierData,
  INSURANCE,
  inFaultMode,
  partOf,
  RESIDENCE,
  shortBackoff,
} from "../../kit/dossier-outcomes.ts";
import { aKey, ask, decide, devClock, submitted } from "../../one-stop/legal-clock/stories.ts";
import { clerk, sharedWorld, TODAY } from "../../world.ts";
import { readPdf } from "../kit/read-pdf.ts";

const ORIGIN = "https://motcua.example.vn";
const world = sharedWorld(
  { "one-stop": { ...shortBackoff["one-stop"], LETTER_OFFICES: "31471" } },
  { PUBLIC_URL: ORIGIN },
);
const MARRIAGE = "1.000894";
const DEATH = "1.000656";

type Issued = { kind: string; href: string; part: { id: string } | null };
type Got = { status: number; headers: Headers; bytes: Buffer };

async function get(path: string, headers: Record<string, string> = {}, bearer?: string): Promise<Got> {
  const authorization = `Bearer ${bearer ?? (await world.current.token("clerk"))}`;
  const response = await fetch(`${world.current.url}${path}`, { headers: { authorization, ...headers } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** Text of a paper; fails with the problem of one that is not there. */
async function textOf(path: string): Promise<string> {
  const { status, headers, bytes } = await get(path);
  expect(status, bytes.toString("utf8").slice(0, 400)).toBe(200);
  expect(headers.get("content-type")).toBe("application/pdf");
  const { text, glyphs } = await readPdf(bytes);
  expect(glyphs).not.toContain(0);
  return text;
}

const problemOf = ({ status, bytes }: Got) => ({ status, ...JSON.parse(bytes.toString("utf8")) });
const paperOf = (code: string, name: string) => `/api/dossiers/${code}/papers/${name}.pdf`;
const resultOf = ({ code, parts }: DossierData, procedure: string) =>
  `/api/dossiers/${code}/parts/${partOf({ parts }, procedure).id}/result.pdf`;

async function issued(code: string): Promise<Issued[]> {
  const document = "query ($code: ID!) { dossier(code: $code) { issuedPapers { kind name href part { id } } } }";
  const { data, errors } = await world.current.ask(clerk, document, { code });
  if (!data?.dossier) throw new Error(JSON.stringify(errors));
  return data.dossier.issuedPapers;
}

let birth: DossierData;
beforeAll(async () => {
  const request = aBirthRequest();
  const address = { line: "Số 12, tổ dân phố 3", commune: "31471" };
  const declarant = { ...request.declarant, address };
  const { code } = await acknowledged(world.current, { ...request, declarant });
  birth = await dossierThatIs(world.current, code, ({ outcome }) => outcome === "GRANTED");
});

describe("the papers of a granted birth", () => {
  test("the graph lists exactly the papers that the gateway serves", async () => {
    const papers = await issued(birth.code);
    expect(papers.map(({ kind }) => kind)).toEqual([
      ...["RECEIPT", "RESULT_LIST", "RESULT", "RESULT", "RESULT", "LETTER"],
    ]);
    for (const { href } of papers) expect((await get(href)).status, href).toBe(200);
  });

  test("the receipt tells applicant, address, phone, term, appointment and how the results are received", async () => {
    const text = await textOf(paperOf(birth.code, "receipt"));
    for (const said of [
      ...[birth.applicant.fullName, "Số 12, tổ dân phố 3, Phường Long Mỹ", "0912345678", "Phạm Minh Khôi"],
      ...["Mẫu số 01, Phụ lục I, Thông tư 03/2025/TT-VPCP", `Mã hồ sơ: ${birth.code}`, "Tờ khai (dữ liệu điện tử)"],
      ...["3 ngày làm việc", "Bản điện tử; 1 bản giấy", "ỦY BAN NHÂN DÂN PHƯỜNG LONG MỸ", `${ORIGIN}/track`],
    ])
      expect(text).toContain(said);
  });

  test("the results are those that the registers hold", async () => {
    const { result } = partOf(birth, BIRTH);
    const certificate = await textOf(resultOf(birth, BIRTH));
    for (const said of [result.number, "PHẠM MINH KHÔI", "16/11/2026 (ngày mười sáu, tháng mười một", "Người mẹ"])
      expect(certificate).toContain(said);
    expect(certificate).toContain("không thay thế bản chính");
    const notice = await textOf(resultOf(birth, RESIDENCE));
    expect(notice).toContain("THÔNG BÁO KẾT QUẢ ĐĂNG KÝ THƯỜNG TRÚ");
    expect(notice).toContain("PHẠM MINH KHÔI");
    expect(notice).toContain("Con đẻ");
    const card = await textOf(resultOf(birth, INSURANCE));
    expect(card).toContain(partOf(birth, INSURANCE).result.number);
    expect(card).toContain("PHẠM MINH KHÔI");
  });

  test("the letter congratulates and has no codes of the dossier", async () => {
    const text = await textOf(paperOf(birth.code, "letter"));
    expect(text).toContain("THƯ CHÚC MỪNG");
    expect(text).toContain("chào đón cháu Phạm Minh Khôi");
    expect(text).not.toContain(birth.code);
  });

  test("the list of results names the person who received them, once they are handed over", async () => {
    const path = paperOf(birth.code, "result-list");
    expect(await textOf(path)).toContain("Đã giải quyết: Giấy khai sinh");
    const input = { method: "DESK", receivedBy: { fullName: "Lê Thị Nhận Thử" }, receiptCode: "BN-01" };
    const variables = { dossier: birth.code, input, idempotencyKey: aKey() };
    expect((await ask(world.current, clerk, "return-results", variables)).problems).toEqual([]);
    expect(await textOf(path)).toContain("Lê Thị Nhận Thử");
  });
});

describe("an answer", () => {
  test("a paper has the same bytes at each call, and a client that has it gets 304", async () => {
    const path = paperOf(birth.code, "receipt");
    const [first, again] = [await get(path), await get(path)];
    expect(again.bytes).toEqual(first.bytes);
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    const etag = first.headers.get("etag") ?? "";
    const known = await get(path, { "if-none-match": etag });
    expect([known.status, known.bytes.length]).toEqual([304, 0]);
    expect(first.headers.get("content-disposition")).toBe(`inline; filename="${birth.code}-receipt.pdf"`);
  });

  test.each([
    ["supplement-request", "No agency has asked for further papers"],
    ["refusal", "Nothing of the dossier was refused"],
    ["apology", "No apology was due: the appointment was not postponed for a delay"],
  ])("a dossier without a %s says why", async (name, detail) => {
    const got = problemOf(await get(paperOf(birth.code, name)));
    expect(got).toMatchObject({ status: 404, code: "NOT_FOUND", reason: "PAPER_ABSENT", detail });
  });

  test("a part of another dossier has no result here, and an unknown name is no resource", async () => {
    const other = `/api/dossiers/${birth.code}/parts/00000000-0000-7000-8000-000000000000/result.pdf`;
    expect(problemOf(await get(other))).toMatchObject({ status: 404, reason: "PAPER_ABSENT" });
    expect(problemOf(await get(paperOf(birth.code, "diploma")))).toMatchObject({ status: 404, code: "NOT_FOUND" });
  });

  test("a caller without a token, or of another office, gets no paper", async () => {
    const path = paperOf(birth.code, "receipt");
    const elsewhere = await world.current.token("clerk", "00229");
    expect(problemOf(await get(path, {}, elsewhere))).toMatchObject({ status: 404, code: "NOT_FOUND" });
    expect((await fetch(`${world.current.url}${path}`)).status).toBeGreaterThanOrEqual(401);
  });

  test("while an agency is down its results are unavailable, and no others", async () => {
    await inFaultMode(world.current, "HEALTH_INSURANCE", "DOWN", async () => {
      expect(problemOf(await get(resultOf(birth, INSURANCE)))).toMatchObject({ status: 503, code: "UNAVAILABLE" });
      expect((await get(resultOf(birth, BIRTH))).status).toBe(200);
      expect((await get(paperOf(birth.code, "receipt"))).status).toBe(200);
    });
  });
});

describe("the papers of an officer's decision", () => {
  test("a request for papers and a refusal have their papers with reason and legal basis", async () => {
    const { code, parts } = await submitted(world.current, MARRIAGE);
    const items = [{ code: "GIAY_XAC_NHAN", text: "Giấy xác nhận tình trạng hôn nhân", legalBasis: "Điều 10 NĐ 123" }];
    await decide(world.current, parts[0].id, { supplement: { items } });
    const asked = await textOf(paperOf(code, "supplement-request"));
    expect(asked).toContain("1. Giấy xác nhận tình trạng hôn nhân");
    expect(asked).toContain("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ");

    const other = await submitted(world.current, MARRIAGE);
    const refuse = { reason: "Chưa đủ tuổi kết hôn", legalBasis: "Luật Hôn nhân và gia đình, Điều 8" };
    await decide(world.current, other.parts[0].id, { refuse });
    const refused = await textOf(paperOf(other.code, "refusal"));
    for (const said of ["Chưa đủ tuổi kết hôn", "Luật Hôn nhân và gia đình, Điều 8", "Mẫu số 03"])
      expect(refused).toContain(said);
    expect((await issued(other.code)).map(({ kind }) => kind)).toEqual(["RECEIPT", "REFUSAL"]);
  });

  test("a granted procedure without an entry in the graph has a general result, which names the officer", async () => {
    const { code, parts } = await submitted(world.current, MARRIAGE);
    await decide(world.current, parts[0].id, { grant: { facts: { number: "01/2026" } } });
    const text = await textOf(resultOf({ code, parts }, MARRIAGE));
    expect(text).toContain("KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH");
    expect(text).toContain("Cán bộ giải quyết");
    expect((await issued(code)).map(({ kind }) => kind)).not.toContain("LETTER");
  });

  test("a condolence names the deceased, not the person who declared the death", async () => {
    const { code, parts } = await submitted(world.current, DEATH);
    await decide(world.current, parts[0].id, { grant: { facts: { number: "02/2026" } } });
    const text = await textOf(paperOf(code, "letter"));
    expect(text).toContain("THƯ CHIA BUỒN");
    expect(text).not.toContain("Lê Thị Thử Nghiệm");
    expect(text).toMatch(/Được tin \p{Lu}.+ từ trần/u);
  });

  test("an apology tells the promised and the new date", async () => {
    await devClock(world.current, "2026-03-10T09:00:00+07:00");
    const { code } = await submitted(world.current, "1.004873");
    await devClock(world.current, "2026-03-12T15:00:01+07:00");
    await dossierThatIs(world.current, code, ({ dueAt }) => dueAt === "2026-03-17T23:59:59+07:00");
    const text = await textOf(paperOf(code, "apology"));
    expect(text).toMatch(/Thời gian đã hẹn: Promised for chậm nhất ngày 13 tháng 3 năm 2026/);
    expect(text).toMatch(/Thời gian hẹn lại: New date chậm nhất ngày 17 tháng 3 năm 2026/);
    await devClock(world.current, TODAY);
  });
});
