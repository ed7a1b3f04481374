import { describe, expect, it } from "vitest";
import { bearer, citizen } from "../../kit/ask-agency.ts";
import { shortBackoff } from "../../kit/dossier-outcomes.ts";
import { clerk, type Persona, sharedWorld } from "../../world.ts";
import { aDossierFor, aKey, ask, submitted } from "../legal-clock/stories.ts";
import { expectTold, spooled } from "./spooled-files.ts";

const world = sharedWorld(shortBackoff);
const MARRIAGE = "1.000894";
/** Declarant of the dossiers that stories submit. */
const declarant = citizen("093195000017");
const CHOICE = "choice { channels language stoppedAt } problems { code path }";
const READ = "{ messageChoice { channels language stoppedAt } }";
const CHOOSE = `mutation ($channels: [MessageChannel!]!, $language: MessageLanguage!) {
  act: chooseMessages(channels: $channels, language: $language) { ${CHOICE} } }`;
const STOP = `mutation { act: stopMessages { ${CHOICE} } }`;
const STOP_OF_DOSSIER = `mutation ($dossier: ID!) {
  act: stopMessagesOfDossier(dossier: $dossier) { dossier { code } problems { code path messageEn } } }`;

const act = async (who: Persona, document: string, variables: object = {}) => {
  const { data, errors } = await world.current.ask(who, document, variables);
  return data?.act ?? { errors };
};
const withdraw = (dossier: string) =>
  ask(world.current, clerk, "withdraw-dossier", { dossier, reason: "Không còn nhu cầu", idempotencyKey: aKey() });
const codeOf = ({ errors }: { errors?: { extensions: { code: string } }[] }) => errors?.[0]?.extensions.code;

describe("a citizen's choice about messages", () => {
  it("is all channels in the desk's language before the citizen has chosen", async () => {
    const { data } = await world.current.ask(citizen("093195000025"), READ);
    expect(data.messageChoice).toEqual({ channels: ["EMAIL", "SMS"], language: "VI", stoppedAt: null });
  });

  it("is the same when it is made twice, and holds for the next message", async () => {
    const choice = { channels: ["SMS"], language: "EN" };
    for (const _ of [1, 2])
      expect(await act(declarant, CHOOSE, choice)).toEqual({ choice: { ...choice, stoppedAt: null }, problems: [] });
    const { code } = await submitted(world.current, MARRIAGE);
    const [message] = await expectTold(world.current, code, ["RECEIVED"]);
    expect(message).toMatchObject({ language: "en", subject: `Dossier ${code}: received` });
    expect((await world.current.ask(declarant, READ)).data.messageChoice).toEqual({ ...choice, stoppedAt: null });
  });

  it("names a channel at least", async () => {
    expect(await act(declarant, CHOOSE, { channels: [], language: "VI" })).toMatchObject({
      ...{ choice: null, problems: [{ code: "MESSAGE_CHANNEL_MISSING", path: ["channels"] }] },
    });
  });

  it("stops messages at once, twice as well as once, and a new choice begins them again", async () => {
    const { code } = await submitted(world.current, MARRIAGE);
    await expectTold(world.current, code, ["RECEIVED"]);
    for (const _ of [1, 2]) expect((await act(declarant, STOP)).choice.stoppedAt).toMatch(/^2026-11-23T09:/);
    await withdraw(code);
    const sql = world.current.sql("one-stop");
    const stopped = () => sql`
      select 1 from message_deliveries e join dossiers d on d.id = e.dossier_id where d.code = ${code} and e.state = 'STOPPED'`;
    await expect.poll(async () => (await stopped()).length, { timeout: 10_000 }).toBe(1);
    expect(spooled(world.current, code)).toHaveLength(1);
    await act(declarant, CHOOSE, { channels: ["EMAIL", "SMS"], language: "VI" });
    const next = await submitted(world.current, MARRIAGE);
    await expectTold(world.current, next.code, ["RECEIVED"]);
  });

  it("made by two devices at once is one of the two", async () => {
    const who = citizen("093195000033");
    const choices = ["VI", "EN"].map((language) => ({ channels: ["SMS"], language }));
    const made = await Promise.all(choices.map((choice) => act(who, CHOOSE, choice)));
    expect(made.flatMap(({ problems }) => problems)).toEqual([]);
    const { stoppedAt, ...kept } = (await world.current.ask(who, READ)).data.messageChoice;
    expect(choices).toContainEqual(kept);
  });

  it("is a citizen's own, and no other role has one", async () => {
    for (const document of [READ, STOP]) {
      expect(codeOf(await act(clerk, document))).toBe("FORBIDDEN");
      expect(codeOf(await act(null, document))).toBe("UNAUTHENTICATED");
      expect(codeOf(await act(bearer("citizen"), document))).toBe("UNAUTHENTICATED");
    }
    expect(codeOf(await act(clerk, CHOOSE, { channels: ["SMS"], language: "VI" }))).toBe("FORBIDDEN");
  });
});

describe("a clerk who stops the messages of a declarant", () => {
  it("does so by the dossier, also for a declarant without a personal number", async () => {
    const input = { ...aDossierFor(MARRIAGE), declarant: { fullName: "Lê Thị Thử Nghiệm", phone: "0987654321" } };
    const { dossier } = await ask(world.current, clerk, "submit-dossier", { input, idempotencyKey: aKey() });
    await expectTold(world.current, dossier.code, ["RECEIVED"]);
    for (const _ of [1, 2])
      expect(await act(clerk, STOP_OF_DOSSIER, { dossier: dossier.code })).toMatchObject({
        ...{ dossier: { code: dossier.code }, problems: [] },
      });
    await withdraw(dossier.code);
    const sql = world.current.sql("one-stop");
    const [choice] =
      await sql`select stopped_at is not null as stopped from message_choices where recipient = '0987654321'`;
    expect(choice).toEqual({ stopped: true });
    const stopped = () => sql`
      select 1 from message_deliveries e join dossiers d on d.id = e.dossier_id
       where d.code = ${dossier.code} and e.state = 'STOPPED'`;
    await expect.poll(async () => (await stopped()).length, { timeout: 10_000 }).toBe(1);
  });

  it("learns where there is nobody to tell", async () => {
    const input = { ...aDossierFor(MARRIAGE), declarant: { fullName: "Lê Thị Thử Nghiệm" } };
    const { dossier } = await ask(world.current, clerk, "submit-dossier", { input, idempotencyKey: aKey() });
    expect(await act(clerk, STOP_OF_DOSSIER, { dossier: dossier.code })).toMatchObject({
      ...{ dossier: null, problems: [{ code: "DECLARANT_NOT_REACHABLE", path: ["dossier"] }] },
    });
  });

  it("does so within the own office alone", async () => {
    const { code } = await submitted(world.current, MARRIAGE);
    expect(codeOf(await act(bearer("clerk", { office: "31474" }), STOP_OF_DOSSIER, { dossier: code }))).toBe(
      "NOT_FOUND",
    );
    expect(codeOf(await act(declarant, STOP_OF_DOSSIER, { dossier: code }))).toBe("FORBIDDEN");
  });
});
