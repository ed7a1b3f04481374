import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MailServer, serveMail } from "./mail-server.ts";
import { messageDesk } from "./message-desk.ts";
import { type SmsCentre, serveSms } from "./sms-centre.ts";
import { TEST_CERTIFICATE } from "./test-certificate.ts";

const folder = mkdtempSync(join(tmpdir(), "motcua-tls-"));
const trusted = { MESSAGE_CA_FILE: join(folder, "ca.pem") };
const desk = messageDesk(["smtp", "smpp"]);
let server: MailServer;
let centre: SmsCentre;
beforeAll(async () => {
  writeFileSync(trusted.MESSAGE_CA_FILE, TEST_CERTIFICATE.cert);
  server = await serveMail({ user: "motcua", password: "a password", certificate: TEST_CERTIFICATE });
  centre = await serveSms("motcua", "secret", TEST_CERTIFICATE);
});
afterAll(async () => {
  await Promise.all([server.goAway(), centre.goAway()]);
  rmSync(folder, { recursive: true, force: true });
});

const start = (more: NodeJS.ProcessEnv) =>
  desk.start({
    ...{ MESSAGE_CHANNELS: "smtp,smpp", SMTP_URL: server.url, SMTP_FROM: "a@example.test", ...more },
    ...{ SMTP_USER: "motcua", SMTP_PASSWORD: "a password" },
    ...{ SMPP_URL: centre.url, SMPP_SYSTEM_ID: "motcua", SMPP_PASSWORD: "secret", SMPP_SENDER: "MOTCUA" },
  });

describe.each(["smtp", "smpp"])("%s over TLS", (channel) => {
  it("sends to a server whose certificate is trusted", async () => {
    const id = await desk.told(await desk.dossier(), "RECEIVED");
    start(trusted);
    await expect.poll(async () => (await desk.delivery(id, channel)).state, { timeout: 15_000 }).toBe("SENT");
  });

  it("sends nothing to a server whose certificate cannot be verified, and keeps the message waiting", async () => {
    const before = [server.mails.length, centre.received.length];
    const id = await desk.told(await desk.dossier(), "RECEIVED");
    start({});
    const attempts = async () => (await desk.delivery(id, channel)).attempts;
    await expect.poll(attempts, { timeout: 15_000 }).toBeGreaterThan(1);
    expect((await desk.delivery(id, channel)).state).toBe("WAITING");
    expect([server.mails.length, centre.received.length]).toEqual(before);
  });
});
