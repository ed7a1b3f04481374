import { expect, it } from "vitest";
import { pause, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { sharedWorld } from "../../world.ts";
import { submitted } from "../legal-clock/stories.ts";

const world = sharedWorld({ "one-stop": { ...shortBackoff["one-stop"], MESSAGE_CHANNELS: "off" } });

it("a desk whose messages are off makes none, and has read the stream", async () => {
  await submitted(world.current, "1.000894");
  const sql = world.current.sql("one-stop");
  const behind = () => sql`
    select 1 from change_consumers where name = 'messages' and row < (select max(id) from history)`;
  await expect.poll(async () => (await behind()).length, { timeout: 10_000 }).toBe(0);
  await pause(200);
  expect(await sql`select 1 from messages`).toEqual([]);
});
