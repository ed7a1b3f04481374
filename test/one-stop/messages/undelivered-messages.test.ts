import { afterAll, beforeAll, expect, it } from "vitest";
import { removeOldMessages } from "../../../subgraphs/one-stop/messages/retention.ts";
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
const RESEND = `mutation ($id: ID!, $key: String!) { resendUndeliveredMessage(id: $id, idempotencyKey: $key) {
  message { id state at resends { by } } problems { code path } } }`;
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
  const code = await submittedWith("khong.co@example.test");
  await expect.poll(() => undeliveredOf(code), { timeout: 15_000 }).toBeDefined();
  return { code, id: (await undeliveredOf(code))?.id ?? "" };
}

async function submittedWith(email: string): Promise<string> {
  const declarant = { ...aDossierFor(MARRIAGE).declarant, email };
  const variables = { input: { ...aDossierFor(MARRIAGE), declarant }, idempotencyKey: aKey() };
  return (await ask(world, clerk, "submit-dossier", variables)).dossier.code;
}

async function settle(id: string, settlement: string, key = aKey(), who: Persona = clerk) {
  const { data, errors } = await world.ask(who, SETTLE, { id, settlement, key });
  return data?.settleUndeliveredMessage ?? { errors };
}

async function resend(id: string, key = aKey(), who: Persona = clerk) {
  const { data, errors } = await world.ask(who, RESEND, { id, key });
  return data?.resendUndeliveredMessage ?? { errors };
}
const stateOf = async (code: string): Promise<string> => {
  const { data } = await world.ask(
    clerk,
    `query ($code: ID!) { dossier(code: $code) { messages { deliveries { state } } } }`,
    {
      code,
    },
  );
  return data.dossier.messages[0].deliveries[0].state;
};
const mailsOf = async (code: string) => {
  const { data } = await world.ask(clerk, "query ($code: ID!) { dossier(code: $code) { messages { id } } }", { code });
  const [{ id }] = data.dossier.messages;
  return server.mails.filter(({ messageId }) => messageId === `<${id}@example.test>`);
};

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

it("an undelivered message is sent again once for each key, attributed, and is then no longer undelivered", async () => {
  const { code, id } = await refused();
  const key = aKey();
  expect(await resend(id, key)).toMatchObject({
    ...{ problems: [], message: { id, resends: [{ by: expect.stringMatching(/./) }] } },
  });
  await expect.poll(() => stateOf(code), { timeout: 15_000 }).toBe("SENT");
  expect(await resend(id, key)).toMatchObject({ problems: [], message: { id, state: "SENT", resends: [{}] } });
  expect(await mailsOf(code)).toHaveLength(1);
  expect(await undeliveredOf(code)).toBeUndefined();
  expect((await resend(id)).problems).toMatchObject([{ code: "MESSAGE_NOT_UNDELIVERED", path: ["id"] }]);
});

it("a message that is refused again after it was sent again is undelivered again, and a used key stays used", async () => {
  const { code, id } = await refused();
  const key = aKey();
  server.refusals = [{ code: 550, text: "5.1.1 no such user" }];
  await resend(id, key);
  await expect.poll(() => undeliveredOf(code), { timeout: 15_000 }).toBeDefined();
  expect(await resend(id, key)).toMatchObject({ problems: [], message: { state: "UNDELIVERED", resends: [{}] } });
  const other = await refused();
  expect((await resend(other.id, key)).problems).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  await settle(id, "Đã gọi điện");
  expect((await resend(id)).problems).toMatchObject([{ code: "MESSAGE_SETTLED", path: ["id"] }]);
});

it("of two officers who send a message again at once one does, and the message goes out once", async () => {
  const { code, id } = await refused();
  const leader = bearer("leader", { office: "31471" });
  const both = await Promise.all([resend(id), resend(id, aKey(), leader)]);
  expect(both.map(({ problems }) => problems[0]?.code ?? "RESENT").sort()).toEqual([
    ...["MESSAGE_NOT_UNDELIVERED", "RESENT"],
  ]);
  await expect.poll(() => stateOf(code), { timeout: 15_000 }).toBe("SENT");
  expect(await mailsOf(code)).toHaveLength(1);
});

it("a message is sent again by clerks and leaders of the office alone", async () => {
  const { id } = await refused();
  expect((await resend(id, aKey(), bearer("clerk", { office: "31474" }))).errors).toMatchObject([
    { extensions: { code: "NOT_FOUND" } },
  ]);
  expect((await resend(id, aKey(), citizen("093195000017"))).errors).toMatchObject([
    { extensions: { code: "FORBIDDEN" } },
  ]);
  expect((await resend(id, "")).errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
});

it("messages are removed after their term, except undelivered ones and those whose change may be told again", async () => {
  const sql = world.sql("one-stop");
  const [open, settled] = [await refused(), await refused()];
  await settle(settled.id, "Đã gọi điện");
  const sent = await submittedWith("co.thu@example.test");
  await expect.poll(() => stateOf(sent), { timeout: 15_000 }).toBe("SENT");
  const kept = async () => {
    const rows = await sql<{ code: string }[]>`
      select d.code from messages m join dossiers d on d.id = m.dossier_id
       where exists (select 1 from message_deliveries e where e.message_id = m.id)
         and d.code in ${sql([open.code, settled.code, sent])}`;
    return rows.map(({ code }) => code).sort();
  };
  const in91Days = new Date(Date.now() + world.demo.clockOffsetMs() + 91 * 86_400_000);
  const all = [open.code, settled.code, sent].sort();
  await removeOldMessages(sql, 92, in91Days);
  expect(await kept()).toEqual(all);
  const [position] = await sql<{ row: number }[]>`select "row"::int from change_consumers where name = 'messages'`;
  await sql.begin(async (tx) => {
    await tx`update change_consumers set "row" = 0 where name = 'messages'`;
    await removeOldMessages(tx as unknown as typeof sql, 90, in91Days); // the same functions, on one connection
    await tx`update change_consumers set "row" = ${position?.row ?? 0} where name = 'messages'`;
  });
  expect(await kept()).toEqual(all);
  await submittedWith("co.thu@example.test"); // the last change of the stream is no longer one of theirs
  await expect
    .poll(
      async () => {
        await removeOldMessages(sql, 90, in91Days);
        return kept();
      },
      { timeout: 15_000 },
    )
    .toEqual([open.code]);
  const { data, errors } = await world.ask(clerk, `query ($code: ID!) { dossier(code: $code) { messages { id } } }`, {
    code: sent,
  });
  expect([errors, data.dossier.messages]).toEqual([undefined, []]);
});
