import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBucket } from "../../subgraphs/_shared/attachments/bucket.ts";
import { oneStopConfiguration } from "../../subgraphs/one-stop/configuration.ts";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aPdf, download, upload } from "../kit/attachment-requests.ts";
import { openS3Store, type S3Store } from "../kit/s3-store.ts";
import { serial } from "../kit/serial-numbers.ts";
import { buildWorld, clerk, contract, type World } from "../world.ts";

let store: S3Store;
let world: World;
const DAY_AND_MORE = 90_000_000;

beforeAll(async () => {
  store = await openS3Store();
  const gateway = { ...store.environment, ATTACHMENT_LIMIT_BYTES: "4000000" };
  world = await buildWorld({ "one-stop": store.environment }, gateway);
});
afterAll(async () => {
  await world?.close();
  await store?.remove();
});

const digestOf = (content: Buffer) => createHash("sha256").update(content).digest("hex");
const filesOf = (digest: string) => readdirSync(store.directory).filter((name) => name.startsWith(digest));
/** Attachments of a desk's process that shares the bucket. */
const aDesk = () => oneStopConfiguration({ ...store.environment, MOTCUA_DATA: world.data }).attachments;

async function submitWith(attachment: string) {
  const procedure = "1.000894";
  const input = {
    ...{ procedure, office: "31471", channel: "DESK", form: procedureForm(procedure).example },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
    papers: [{ code: "TO_KHAI", attachment, kind: "SCAN" }],
  };
  return world.ask(clerk, contract("submit-dossier"), { input, idempotencyKey: `s3-${process.pid}-${serial("key")}` });
}

describe("attachments in an S3-compatible store", () => {
  it("content of three megabytes is stored in the bucket once for two owners, and each reads the same bytes", async () => {
    const pdf = aPdf(3_000_000);
    const stored = { id: `sha256:${digestOf(pdf)}`, type: "application/pdf", bytes: pdf.length };
    expect(await upload(world, pdf, "clerk", "image/png")).toEqual({ status: 201, body: stored });
    const before = filesOf(digestOf(pdf)).length;
    const [again, other] = await Promise.all([upload(world, pdf), upload(world, pdf, "registrar")]);
    expect([again.body, other.body]).toEqual([stored, stored]);
    expect(filesOf(digestOf(pdf)).length).toBeGreaterThan(before); // the mark of the second owner
    for (const persona of ["clerk", "registrar"]) {
      const response = await download(world, stored.id, persona);
      expect(response.headers.get("content-type")).toBe("application/pdf");
      expect(Buffer.from(await response.arrayBuffer()).equals(pdf)).toBe(true);
    }
    expect((await download(world, stored.id, "land-officer")).status).toBe(404);
  });

  it("refused content and content beyond the limit leave nothing in the bucket", async () => {
    const before = readdirSync(store.directory).length;
    expect((await upload(world, Buffer.from("<html></html>"))).status).toBe(415);
    expect((await upload(world, aPdf(4_100_000))).status).toBe(413);
    expect(readdirSync(store.directory)).toHaveLength(before);
  });

  it("an attachment of a dossier is read by those who may see the dossier, and one that nobody uploaded is a problem", async () => {
    const { id } = (await upload(world, aPdf())).body;
    expect((await download(world, id, "registrar")).status).toBe(404);
    expect((await submitWith(id)).data.submitDossier.problems).toEqual([]);
    expect((await download(world, id, "registrar")).status).toBe(200);
    const unknown = await submitWith(`sha256:${"1".repeat(64)}`);
    expect(unknown.data.submitDossier.problems).toMatchObject([{ code: "ATTACHMENT_UNKNOWN" }]);
  });

  it("two desks that share the bucket remove attachments without a dossier after a day, and no others", async () => {
    const [orphan, used] = [(await upload(world, aPdf())).body.id, (await upload(world, aPdf())).body.id];
    expect((await submitWith(used)).data.submitDossier.problems).toEqual([]);
    const sweep = (now: number) => aDesk()?.removeOrphans(world.sql("one-stop"), now);
    expect(await sweep(Date.now())).toBe(0);
    await Promise.all([sweep(Date.now() + DAY_AND_MORE), sweep(Date.now() + DAY_AND_MORE)]);
    expect([await aDesk()?.has(orphan), await aDesk()?.has(used)]).toEqual([false, true]);
    expect((await download(world, orphan, "clerk")).status).toBe(404);
    expect((await download(world, used, "clerk")).status).toBe(200);
    expect(filesOf(orphan.slice("sha256:".length))).toEqual([]);
  });
});

describe("an outage of the store", () => {
  it("uploads, downloads and submissions with an attachment are unavailable during an outage of the store, and work afterwards", async () => {
    const { id } = (await upload(world, aPdf())).body;
    await store.stop();
    const gone = { errors: [{ extensions: { code: "UNAVAILABLE", reason: "ATTACHMENT_STORE" } }] };
    expect(await upload(world, aPdf())).toMatchObject({ status: 503, body: gone });
    const refused = await download(world, id, "clerk");
    expect([refused.status, await refused.json()]).toMatchObject([503, gone]);
    expect((await submitWith(id)).errors).toMatchObject([{ extensions: { code: "UNAVAILABLE" } }]);
    const ready = await fetch(`${world.url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      { status: "ready", attachments: { ready: false, reason: "store: it cannot be reached" } },
    ]);
    await store.start();
    expect((await download(world, id, "clerk")).status).toBe(200);
    expect((await submitWith(id)).data.submitDossier.problems).toEqual([]);
    expect(await (await fetch(`${world.url}/health/ready`)).json()).toMatchObject({ attachments: { ready: true } });
  });

  it("a store that refuses the key is unavailable, and says with which status", async () => {
    const url = store.environment.ATTACHMENTS_S3_URL ?? "";
    const bucket = openBucket({ url, region: "us-east-1", accessKeyId: "S3RVER", secretAccessKey: "wrong" });
    await expect(bucket.has("ready")).rejects.toThrow("it answers HTTP 403");
  });
});
