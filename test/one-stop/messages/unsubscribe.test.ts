import { afterAll, beforeAll, expect, it } from "vitest";
import { readPage, sendForm } from "../../gateway/pages/read-page.ts";
import { shortBackoff } from "../../kit/dossier-outcomes.ts";
import { buildWorld, clerk, type World } from "../../world.ts";
import { aDossierFor, aKey, ask } from "../legal-clock/stories.ts";
import { type MailServer, serveMail } from "./mail-server.ts";

const MARRIAGE = "1.000894";
const ONE_CLICK = { "List-Unsubscribe": "One-Click" };
let world: World;
let server: MailServer;
beforeAll(async () => {
  server = await serveMail();
  world = await buildWorld({
    "one-stop": {
      ...{ ...shortBackoff["one-stop"], MESSAGE_CHANNELS: "smtp", SMTP_URL: server.url },
      ...{ SMTP_FROM: "mot-cua@example.test", SMTP_TLS: "off", PUBLIC_URL: "https://motcua.example" },
    },
  });
});
afterAll(async () => {
  await world?.close();
  await server?.goAway();
});

async function submittedWith(email: string): Promise<string> {
  const declarant = { ...aDossierFor(MARRIAGE).declarant, email };
  const variables = { input: { ...aDossierFor(MARRIAGE), declarant }, idempotencyKey: aKey() };
  return (await ask(world, clerk, "submit-dossier", variables)).dossier.code;
}

/** State of the delivery of a dossier's first message, once it has ended. */
async function stateOf(code: string): Promise<string> {
  const READ = "query ($code: ID!) { dossier(code: $code) { messages { deliveries { state } } } }";
  const state = async () =>
    (await world.ask(clerk, READ, { code })).data.dossier.messages[0]?.deliveries[0].state ?? "WAITING";
  await expect.poll(state, { timeout: 15_000 }).not.toBe("WAITING");
  return state();
}

/** A header of the mail to an address, in one line. */
function headerOf(email: string, name: string): string {
  const source = server.mails.find(({ to }) => to === email)?.source ?? "";
  const [head = ""] = source.replaceAll(/\r?\n[ \t]+/g, " ").split(/\r?\n\r?\n/);
  return new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim() ?? "";
}

/** The path that a mail to a new address names. */
async function aLink(email: string): Promise<string> {
  expect(await stateOf(await submittedWith(email))).toBe("SENT");
  return /<https:\/\/motcua\.example(\/unsubscribe\/[\w-]+)>/.exec(headerOf(email, "List-Unsubscribe"))?.[1] ?? "";
}

const isStopped = async (email: string) =>
  (await world.sql("one-stop")`select 1 from message_choices where recipient = ${email} and stopped_at is not null`)
    .length > 0;

it("an e-mail names an address of one click beside that of the sender, without data of the person", async () => {
  const path = await aLink("mot@example.test");
  expect(path).toMatch(/^\/unsubscribe\/[\w-]{65}$/);
  expect(headerOf("mot@example.test", "List-Unsubscribe")).toBe(
    `<https://motcua.example${path}>, <mailto:mot-cua@example.test?subject=STOP>`,
  );
  expect(headerOf("mot@example.test", "List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
  expect(Buffer.from(path.slice("/unsubscribe/".length), "base64url").toString("latin1")).not.toContain("example");
});

it("following the link only asks, in both languages, as the scanners of mail servers follow it", async () => {
  const path = await aLink("hai@example.test");
  for (const [query, text] of [
    ["", "Ngừng nhận thư"],
    ["?lang=en", "Stop e-mail"],
  ]) {
    const page = await readPage(`${world.url}${path}${query}`);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining(`<button>${text}</button>`)]);
    expect(page.text).toContain(`<form method="post" action="${path}${query}">`);
  }
  expect(await isStopped("hai@example.test")).toBe(false);
});

it("one click stops e-mail to the address, once and again, and the phone is not concerned", async () => {
  const path = await aLink("ba@example.test");
  const multipart = new FormData();
  multipart.set("List-Unsubscribe", "One-Click");
  for (const page of [
    await sendForm(`${world.url}${path}`, ONE_CLICK, { origin: "https://mail.example" }),
    await readPage(`${world.url}${path}`, { method: "POST", body: multipart }),
  ])
    expect([page.status, page.text]).toEqual([200, expect.stringContaining("Đã ngừng gửi thư thông báo")]);
  const english = await sendForm(`${world.url}${path}?lang=en`, ONE_CLICK);
  expect(english.text).toContain("No more messages are sent to this address");
  const choices = await world.sql("one-stop")`select recipient from message_choices`;
  expect(choices.map(({ recipient }) => recipient)).toEqual(["ba@example.test"]);
  const before = server.mails.length;
  expect(await stateOf(await submittedWith("Ba@example.test"))).toBe("STOPPED");
  expect(server.mails).toHaveLength(before);
  expect(await stateOf(await submittedWith("bon@example.test"))).toBe("SENT");
  const recorded = await world.sql("one-stop")`
    select subject from access_log where subject like 'unsubscribe:%' and 'MessageChoice' = any(fields)`;
  expect(recorded).toHaveLength(3);
});

it("a link that is wrong or incomplete is refused on its page and in the graph, and nothing is stopped", async () => {
  const path = await aLink("nam@example.test");
  const changed = path.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  const other = `${path.slice(0, 20)}${path[20] === "A" ? "B" : "A"}${path.slice(21)}`;
  for (const wrong of [changed, other, path.slice(0, -1), "/unsubscribe/x"]) {
    const page = await sendForm(`${world.url}${wrong}`, ONE_CLICK);
    expect([page.status, page.text]).toEqual([400, expect.stringContaining("Liên kết không đúng")]);
    const token = wrong.slice("/unsubscribe/".length);
    const ACT = "mutation ($token: String!) { unsubscribeEmail(token: $token) { problems { code path } } }";
    expect((await world.ask(null, ACT, { token })).data.unsubscribeEmail.problems).toEqual([
      { code: "UNSUBSCRIBE_TOKEN_WRONG", path: ["token"] },
    ]);
  }
  expect(await isStopped("nam@example.test")).toBe(false);
  for (const none of ["/unsubscribe", `${path}/more`]) expect((await readPage(`${world.url}${none}`)).status).toBe(404);
});
