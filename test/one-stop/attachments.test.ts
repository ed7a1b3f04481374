import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attachmentFolder } from "../../subgraphs/one-stop/attachments/attachment-folder.ts";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aPdf, download as downloadFrom, upload as uploadTo } from "../kit/attachment-requests.ts";
import { type DossierData, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff, { ATTACHMENT_LIMIT_BYTES: "100000" });
const aKey = () => `attachment-${process.pid}-${serial("key")}`;
const folder = () => join(world.current.data, "attachments");

const upload = (content: Buffer, persona: string | null = "clerk", type?: string) =>
  uploadTo(world.current, content, persona, type);
const download = (id: string, persona: string | null) => downloadFrom(world.current, id, persona);

async function submitted(attachment: string, who: Persona = clerk): Promise<DossierData> {
  const procedure = "1.000894";
  const input = {
    ...{ procedure, office: "31471", channel: "DESK", form: procedureForm(procedure).example },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
    papers: [{ code: "TO_KHAI", attachment, kind: "COPY" }],
  };
  const { data } = await world.current.ask(who, contract("submit-dossier"), { input, idempotencyKey: aKey() });
  return data.submitDossier;
}

describe("an upload", () => {
  it("an upload is stored once under the digest of its content, with the type that the content has", async () => {
    const pdf = aPdf();
    const digest = createHash("sha256").update(pdf).digest("hex");
    const first = await upload(pdf, "clerk", "image/png");
    expect(first).toEqual({
      status: 201,
      body: { id: `sha256:${digest}`, type: "application/pdf", bytes: pdf.length },
    });
    expect((await upload(pdf)).body).toEqual(first.body);
    const kept = readdirSync(folder()).filter((name) => name.startsWith(digest));
    expect(kept.toSorted()).toEqual([digest, `${digest}.json`, `${digest}.owners`]);
    expect(readdirSync(folder()).filter((name) => name.endsWith(".draft"))).toEqual([]);
  });

  it("an upload of another type, without a token, by a role that submits nothing or beyond the limit is refused and leaves nothing", async () => {
    const before = readdirSync(folder()).length;
    expect((await upload(Buffer.from("<html><script>alert(1)</script></html>"), "clerk", "image/png")).status).toBe(
      415,
    );
    expect((await upload(Buffer.from("MZ".padEnd(500, "x")))).status).toBe(415);
    expect((await upload(aPdf(), null)).status).toBe(401);
    expect((await upload(aPdf(), "portal")).status).toBe(403);
    const long = await upload(Buffer.concat([aPdf(), randomBytes(120_000)]));
    expect(long).toMatchObject({ status: 413, body: { errors: [{ extensions: { limit: { allowed: 100_000 } } }] } });
    expect(readdirSync(folder())).toHaveLength(before);
  });
});

describe("an attachment", () => {
  it("an attachment is read by those who may see a dossier that has it, and by its uploader before that", async () => {
    const pdf = aPdf();
    const { id } = (await upload(pdf)).body;
    const own = await download(id, "clerk");
    expect(own.headers.get("content-type")).toBe("application/pdf");
    expect(Buffer.from(await own.arrayBuffer()).equals(pdf)).toBe(true);
    expect((await download(id, "registrar")).status).toBe(404);
    expect((await submitted(id)).problems).toEqual([]);
    expect((await download(id, "registrar")).status).toBe(200);
    expect((await download(id, "land-officer")).status).toBe(404);
    expect((await download(id, null)).status).toBe(401);
    expect((await download(`sha256:${"0".repeat(64)}`, "clerk")).status).toBe(404);
    expect((await download("..%2f..%2fetc%2fpasswd", "clerk")).status).toBe(404);
  });

  it("an attachment that nobody uploaded is a problem of its paper", async () => {
    const found = await submitted(`sha256:${"1".repeat(64)}`);
    expect(found).toMatchObject({
      dossier: null,
      problems: [{ code: "ATTACHMENT_UNKNOWN", path: ["papers", "0", "attachment"] }],
    });
  });

  it("an attachment is removed a day after its upload unless a dossier has it", async () => {
    const [orphan, used, young] = [await upload(aPdf()), await upload(aPdf()), await upload(aPdf())];
    await submitted(used.body.id);
    const pathOf = (each: typeof orphan) => join(folder(), each.body.id.slice("sha256:".length));
    const now = Date.now();
    for (const old of [orphan, used]) utimesSync(pathOf(old), (now - 90_000_000) / 1_000, (now - 90_000_000) / 1_000);
    expect(await attachmentFolder(folder()).removeOrphans(world.current.sql("one-stop"), now)).toBe(1);
    expect([orphan, used, young].map((each) => existsSync(pathOf(each)))).toEqual([false, true, true]);
    expect((await download(orphan.body.id, "clerk")).status).toBe(404);
  });
});
