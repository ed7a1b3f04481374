import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aPdf, download, upload } from "../kit/attachment-requests.ts";
import { clamdIsInstalled, MALWARE, MALWARE_NAME, openClamd } from "../kit/clamd.ts";
import { buildWorld, type World } from "../world.ts";

const skipped = clamdIsInstalled ? "" : " (skipped: clamd is not installed)";
const infected = () => Buffer.concat([aPdf(), Buffer.from(MALWARE)]);

describe.skipIf(!clamdIsInstalled)("a virus scan of uploads by clamd", () => {
  const clamd = clamdIsInstalled ? openClamd() : undefined;
  let world: World;
  beforeAll(async () => {
    await clamd?.start();
    world = await buildWorld({}, { CLAMD: clamd?.socket, ATTACHMENT_LIMIT_BYTES: "3000000" });
  });
  afterAll(async () => {
    await world?.close();
    await clamd?.remove();
  });

  it(`an upload without malware is stored, and one with malware is refused by name and leaves nothing${skipped}`, async () => {
    const clean = await upload(world, aPdf(200_000));
    expect(clean.status).toBe(201);
    expect((await download(world, clean.body.id, "clerk")).status).toBe(200);
    const folder = join(world.data, "attachments");
    const before = readdirSync(folder).length;
    const { status, body } = await upload(world, infected());
    expect([status, body]).toMatchObject([
      422,
      { errors: [{ extensions: { code: "BAD_USER_INPUT", reason: "ATTACHMENT_INFECTED" } }] },
    ]);
    expect(body.errors[0].message).toContain(MALWARE_NAME);
    expect(readdirSync(folder)).toHaveLength(before);
  });

  it(`an upload that the scanner does not take, or during its outage, is unavailable and not stored; readiness tells the outage${skipped}`, async () => {
    const refused = { errors: [{ extensions: { code: "UNAVAILABLE", reason: "VIRUS_SCANNER" } }] };
    expect(await upload(world, aPdf(1_500_000))).toMatchObject({ status: 503, body: refused });
    await clamd?.stop();
    expect(await upload(world, aPdf())).toMatchObject({ status: 503, body: refused });
    const ready = await fetch(`${world.url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      { attachments: { ready: false, reason: "virus scanner: it cannot be reached" } },
    ]);
    await clamd?.start();
    expect((await upload(world, aPdf())).status).toBe(201);
  });
});

describe("a virus scanner that is not required", () => {
  it("uploads are accepted unscanned while a scanner that is not required cannot be reached", async () => {
    const world = await buildWorld({}, { CLAMD: "127.0.0.1:1", CLAMD_REQUIRED: "off" });
    expect((await upload(world, aPdf())).status).toBe(201);
    await world.close();
  });
});
