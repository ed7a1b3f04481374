import { afterAll, beforeAll, expect, it } from "vitest";
import { bearer, citizen } from "../../kit/ask-agency.ts";
import { shortBackoff } from "../../kit/dossier-outcomes.ts";
import { buildWorld, clerk, type Persona, type World } from "../../world.ts";
import { aDossierFor, aKey, ask } from "../legal-clock/stories.ts";
import { type MailServer, serveMail } from "./mail-server.ts";

const LIST = `query ($after: String) { undeliveredMessages(first: 200, after: $after) { nodes {
  id kind channel reason remedy remedyEn at settledAt settlement dossier { code } } pageInfo { hasNextPage } } }`;
const SETTLE = `mutation ($id: ID!, $settlement: String!, $key: String!) {
  settleUndeliveredMessage(id: $id, settlement: $settlement, idempotencyKey: $key) {
    message { id settledAt settlement } problems { code path } } }`;
const MARRIAGE = "1.000894";
let world: World;
let server: MailServer;
beforeAll(async () => {
  server = await serveMail();
  world = await buildWorld({
    "one-stop": {
      ...{ ...shortBackoff["one-stop"], MESSAGE_CHANNELS: "smtp", SMTP_URL: server.url },
      ...{ SMTP_FROM: "mot-cua@example.test", SMTP_TLS: "off" },
    },
  });
});
afterAll(async () => {
  await world?.close();
  await server?.goAway();
});

type Undelivered = { id: string; dossier: { code: string } };

async function undeliveredOf(code: string, who: Persona = clerk): Promise<Undelivered | undefined> {
  const { data, errors } = await world.ask(who, LIST);
  expect(errors).toBeUndefined();
  return data.undeliveredMessages.nodes.find(({ dossier }: Undelivered) => dossier.code === code);
}

/** A dossier whose first message the mail server has refused. */
async function refused(): Promise<{ code: string; id: string }> {
  server.refusals = [{ code: 550, text: "5.1.1 no such user" }];
  const declarant = { ...aDossierFor(MARRIAGE).declarant, email: "khong.co@example.test" };
  const variables = { input: { ...aDossierFor(MARRIAGE), declarant }, idempotencyKey: aKey() };
  const { dossier } = await ask(world, clerk, "submit-dossier", variables);
  await expect.poll(() => undeliveredOf(dossier.code), { timeout: 15_000 }).toBeDefined();
  return { code: dossier.code, id: (await undeliveredOf(dossier.code))?.id ?? "" };
}

async function settle(id: string, settlement: string, key = aKey(), who: Persona = clerk) {
  const { data, errors } = await world.ask(who, SETTLE, { id, settlement, key });
  return data?.settleUndeliveredMessage ?? { errors };
}

it("a message that is refused for good is in the desk's list with its status and a remedy", async () => {
  const { code } = await refused();
  const message = await undeliveredOf(code);
  expect(message).toMatchObject({ kind: "RECEIVED", channel: "EMAIL", reason: "550 5.1.1", dossier: { code } });
  expect(message).toMatchObject({
    remedy: expect.stringContaining("liên hệ người nộp"),
    remedyEn: expect.stringContaining("tell the declarant"),
    ...{ settledAt: null, settlement: null },
  });
  expect(JSON.stringify(message)).not.toContain("khong.co");
});

it("an undelivered message is settled once, with a note, under one key; the second person learns who did", async () => {
  const { code, id } = await refused();
  expect((await settle(id, " ")).problems).toMatchObject([
    { code: "MESSAGE_SETTLEMENT_MISSING", path: ["settlement"] },
  ]);
  const key = aKey();
  for (const _ of [1, 2])
    expect(await settle(id, "Đã gọi điện", key)).toMatchObject({
      ...{ problems: [], message: { id, settlement: "Đã gọi điện" } },
    });
  expect((await settle(id, "Khác", key)).problems).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  const leader = bearer("leader", { office: "31471" });
  expect((await settle(id, "Khác", aKey(), leader)).problems).toMatchObject([
    { code: "MESSAGE_SETTLED", path: ["id"] },
  ]);
  expect(await undeliveredOf(code)).toBeUndefined();
});

it("of two persons who settle a message at once one does", async () => {
  const { id } = await refused();
  const both = await Promise.all([settle(id, "Đã gọi điện"), settle(id, "Đã báo tại quầy")]);
  expect(both.map(({ problems }) => problems[0]?.code ?? "SETTLED").sort()).toEqual(["MESSAGE_SETTLED", "SETTLED"]);
});

it("undelivered messages are seen and settled by clerks and leaders of the office alone", async () => {
  const { code, id } = await refused();
  const elsewhere = bearer("clerk", { office: "31474" });
  expect(await undeliveredOf(code, elsewhere)).toBeUndefined();
  for (const [who, wrong] of [
    [elsewhere, id],
    [clerk, "no id"],
  ] as const)
    expect((await settle(wrong, "-", aKey(), who)).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  const declarant = citizen("093195000017");
  expect((await settle(id, "-", aKey(), declarant)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  expect((await world.ask(declarant, LIST)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  const { errors } = await world.ask(clerk, LIST, { after: "not a cursor" });
  expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "after" } }]);
});
