import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { codesOn, otherThan, toldCode, waitingForPapers } from "../../one-stop/supplement-by-code-stories.ts";
import { clerk, sharedWorld } from "../../world.ts";
import { readPage, sendForm } from "./read-page.ts";

const shared = sharedWorld(codesOn, { ATTACHMENT_LIMIT_BYTES: "20000" });
const PDF = new Blob([`%PDF-1.4\n${"1".repeat(1_000)}`], { type: "application/pdf" });

const track = (code: string) => sendForm(`${shared.current.url}/track/${code}`, { phoneLast4: "5678" });
const open = (code: string, answerCode: string, query = "") =>
  sendForm(`${shared.current.url}/track/${code}/supplement${query}`, { phoneLast4: "5678", answerCode });

function send(code: string, answerCode: string, file: Blob | null, text = "") {
  const form = new FormData();
  form.set("phoneLast4", "5678");
  form.set("answerCode", answerCode);
  form.set("text:PHOTO", text);
  form.set("file:PHOTO", file ?? new Blob([]), file ? "anh.pdf" : "");
  return readPage(`${shared.current.url}/track/${code}/answers`, { method: "POST", body: form });
}

async function aCode(): Promise<{ code: string; told: string }> {
  const code = await waitingForPapers(shared.current, ["PHOTO"]);
  return { code, told: await toldCode(shared.current, code) };
}

test("a person answers a supplement with a file on the tracking page, which officers then see", async () => {
  const { url, token, ask } = shared.current;
  const { code, told } = await aCode();
  expect((await track(code)).text).toContain(`<form method="post" action="/track/${code}/supplement">`);
  const form = await open(code, told);
  expect(form.status).toBe(200);
  expect(form.text).toContain('<legend lang="vi">Bổ sung PHOTO</legend>');
  for (const _ of ["sent", "sent again"]) {
    const { status, text } = await send(code, told, PDF, "Ảnh mới");
    expect([status, text]).toEqual([200, expect.stringContaining("Đã nhận nội dung bổ sung")]);
    expect(text).toContain("Cơ quan đang giải quyết");
    expect(text).not.toContain("/supplement");
  }
  const rows = await shared.current.sql("one-stop")`
    select attachment from dossier_attachments join dossiers d on d.id = dossier_id where d.code = ${code}`;
  expect(rows).toHaveLength(1);
  const id = rows[0]?.attachment;
  expect((await ask(clerk, "query ($id: ID!) { attachment(id: $id) { id } }", { id })).data.attachment).toEqual({ id });
  const authorization = `Bearer ${await token("clerk")}`;
  const content = await fetch(`${url}/attachments/${id}`, { headers: { authorization } });
  expect([content.status, (await content.blob()).size]).toEqual([200, PDF.size]);
});

test("a wrong answer code is refused on the page of the dossier, in its language", async () => {
  const { code, told } = await aCode();
  const { status, text } = await open(code, otherThan(told), "?lang=en");
  expect(status).toBe(400);
  expect(text).toContain("The answer code is wrong, expired or void");
  expect(text).toContain('name="answerCode"');
});

test("no file is stored for a wrong answer code, and none of another type or size", async () => {
  const { code, told } = await aCode();
  expect((await send(code, otherThan(told), PDF)).status).toBe(403);
  const program = await send(code, told, new Blob(["#!/bin/sh"], { type: "application/pdf" }));
  expect([program.status, program.text]).toEqual([415, expect.stringContaining("Loại tệp không được nhận")]);
  const large = await send(code, told, new Blob([`%PDF-1.4\n${"1".repeat(30_000)}`]));
  expect([large.status, large.text]).toEqual([413, expect.stringContaining("Tệp quá lớn")]);
  const empty = await send(code, told, null);
  expect([empty.status, empty.text]).toEqual([400, expect.stringContaining('name="file:PHOTO"')]);
  const rows = await shared.current.sql("one-stop")`
    select 1 from dossier_attachments join dossiers d on d.id = dossier_id where d.code = ${code}`;
  expect(rows).toEqual([]);
  expect((await send(code, told, null, "Chỉ trả lời bằng chữ")).status).toBe(200);
});

const HEADERS = { "content-type": "multipart/form-data; boundary=x" };
const field = (name: string, value: string) =>
  `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (given: string) =>
  `--x\r\ncontent-disposition: form-data; name="file:PHOTO"${given}\r\ncontent-type: application/octet-stream\r\n\r\n%PDF-1.4`;

test("a form of answers that ends within a file is refused, with and without a name of the file", async () => {
  const { code, told } = await aCode();
  const url = `${shared.current.url}/track/${code}/answers`;
  for (const answerCode of [told, otherThan(told)])
    for (const given of ["", '; filename="anh.pdf"']) {
      const body = field("phoneLast4", "5678") + field("answerCode", answerCode) + file(given);
      expect((await readPage(url, { method: "POST", headers: HEADERS, body })).status).toBe(400);
    }
  expect((await send(code, told, PDF)).status).toBe(200);
});

test("a wrong answer code is refused also when the rest of its file comes after the refusal", async () => {
  const { code, told } = await aCode();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const say = (text: string) => controller.enqueue(new TextEncoder().encode(text));
      say(field("phoneLast4", "5678") + field("answerCode", otherThan(told)) + file('; filename="anh.pdf"'));
      await pause(500); // longer than the look at the code
      say("\r\n--x--\r\n");
      controller.close();
    },
  });
  const sent = { method: "POST", headers: HEADERS, body, duplex: "half" } as RequestInit;
  expect((await readPage(`${shared.current.url}/track/${code}/answers`, sent)).status).toBe(403);
});

test("a form of answers that is no form, or comes from another site, is refused", async () => {
  const { code, told } = await aCode();
  const url = `${shared.current.url}/track/${code}/answers`;
  expect((await sendForm(url, { phoneLast4: "5678", answerCode: told })).status).toBe(415);
  const unbounded = { "content-type": "multipart/form-data; charset=utf-8" };
  expect((await readPage(url, { method: "POST", headers: unbounded, body: "--x--" })).status).toBe(415);
  expect((await readPage(url, { method: "POST", headers: HEADERS, body: "--x\r\nbroken" })).status).toBe(400);
  const foreign = { ...HEADERS, origin: "https://elsewhere.test" };
  expect((await readPage(url, { method: "POST", headers: foreign, body: "--x--" })).status).toBe(403);
});
