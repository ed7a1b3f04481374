import { expect, test } from "vitest";
import type { ChannelFacts } from "../../scripts/campaign/channels/channel-facts.ts";
import { channelsAgree } from "../../scripts/campaign/invariants/channel-invariants.ts";

const CODE = "H13.1-261123-0001";
const event = (change: number, state: string, id = `e${change}`) => ({ id, code: CODE, change, state });

/** Facts of one dossier whose three changes every channel has. */
function facts(other: Partial<ChannelFacts> = {}): ChannelFacts {
  const changes = [
    { change: 64, state: "RECEIVED", step: true },
    { change: 128, state: "IN_PROGRESS", step: true },
    { change: 129, state: "IN_PROGRESS", step: false },
  ] as const;
  return {
    ...{ dossiers: [{ code: CODE, province: "92", changes: [...changes] }], province: "92" },
    processed: [event(64, "RECEIVED"), event(128, "IN_PROGRESS"), event(129, "IN_PROGRESS")],
    portal: new Map([[CODE, { steps: ["2", "4"], status: "4" }]]),
    ...{ messages: [{ id: "m1", code: CODE, row: 64, state: "SENT" }], spooled: ["m1"] },
    ...other,
  };
}

const broken = (other: Partial<ChannelFacts>) => channelsAgree(facts(other)).map(({ invariant }) => invariant);

test("channels that have every change once violate nothing, also with an event that was sent twice", () => {
  expect(broken({})).toEqual([]);
  expect(broken({ processed: [event(64, "RECEIVED"), ...facts().processed] })).toEqual([]);
});

test.each<[string, string, Partial<ChannelFacts>]>([
  ["an event that is missing", "webhooks", { processed: facts().processed.slice(1) }],
  ["a change under two ids", "webhooks", { processed: [...facts().processed, event(129, "IN_PROGRESS", "other")] }],
  ["events in another order", "webhooks", { processed: facts().processed.toReversed() }],
  ["an event with another state", "webhooks", { processed: [event(64, "STOPPED"), ...facts().processed.slice(1)] }],
  ["a receipt that is not told", "messages", { messages: [], spooled: [] }],
  ["a sent message that is not in the spool", "messages", { spooled: [] }],
  ["a file of no message", "messages", { spooled: ["m1", "m2"] }],
  ["a message that waits", "messages", { messages: [{ id: "m1", code: CODE, row: 64, state: "WAITING" }] }],
  ["a dossier that the portal does not know", "portal", { portal: new Map() }],
  ["a step that the portal lacks", "portal", { portal: new Map([[CODE, { steps: ["2"], status: "4" }]]) }],
  [
    "a step that the portal has twice",
    "portal",
    { portal: new Map([[CODE, { steps: ["2", "4", "4"], status: "4" }]]) },
  ],
  ["an old status at the portal", "portal", { portal: new Map([[CODE, { steps: ["2", "4"], status: "2" }]]) }],
])("%s violates the invariant of %s", (_, invariant, other) => {
  expect(broken(other)).toEqual([invariant]);
});

test("a change with two messages is a violation", () => {
  const twice = ["m1", "m2"].map((id) => ({ id, code: CODE, row: 64, state: "SENT" }));
  expect(broken({ messages: twice, spooled: ["m1", "m2"] })).toEqual(["messages"]);
});

test("a dossier of another province is not looked for at the receiver", () => {
  expect(broken({ province: "01", processed: [] })).toEqual([]);
});
