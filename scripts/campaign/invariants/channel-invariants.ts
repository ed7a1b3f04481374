import { type ChannelFacts, type DossierChanges, stepStatuses } from "../channels/channel-facts.ts";
import { type Violation, violationsOf } from "../violation.ts";

/** Violations of what the channels promise, in a system whose channels have nothing left to deliver. */
export function channelsAgree(facts: ChannelFacts): Violation[] {
  return [...webhookComplete(facts), ...messagesOnce(facts), ...portalEqual(facts)];
}

/** The receiver has each change of its province under one id, those of a dossier in their order. */
function webhookComplete({ dossiers, province, processed }: ChannelFacts): Violation[] {
  const known = new Set<string>();
  const got = new Map<string, string[]>();
  for (const { id, code, change, state } of processed) {
    if (known.has(id)) continue; // sent again, which its id tells
    known.add(id);
    got.set(code, [...(got.get(code) ?? []), `${change} ${state}`]);
  }
  return violationsOf(
    "webhooks",
    dossiers
      .filter((dossier) => dossier.province === province)
      .map(({ code, changes }) => {
        const wanted = changes.map(({ change, state }) => `${change} ${state}`);
        return differs(`${code} at the receiver`, got.get(code) ?? [], wanted);
      }),
  );
}

/** Every dossier's receipt is told, a change has one message, and what was sent is in the spool, and nothing else. */
function messagesOnce({ dossiers, messages, spooled }: ChannelFacts): Violation[] {
  const rows = messages.map(({ row }) => row);
  const told = new Set(rows);
  const files = new Set(spooled);
  const known = new Set(messages.map(({ id }) => id));
  return violationsOf("messages", [
    ...dossiers.map(({ code, changes: [receipt] }) =>
      receipt && told.has(receipt.change) ? null : `the receipt of ${code} is not told`,
    ),
    ...rows.filter((row, at) => rows.indexOf(row) !== at).map((row) => `the change ${row} has two messages`),
    ...messages.map(({ id, code, state }) => {
      if (state === "SENT") return files.has(id) ? null : `a message about ${code} is sent, and is not in the spool`;
      return state === "OUTDATED" ? null : `a message about ${code} is ${state}`;
    }),
    ...spooled.map((id) => (known.has(id) ? null : `the spool has ${id}, which is no message`)),
  ]);
}

/** The portal has the steps of every dossier in their order, and its present status. */
function portalEqual({ dossiers, portal }: ChannelFacts): Violation[] {
  return violationsOf(
    "portal",
    dossiers.map((dossier: DossierChanges) => {
      const wanted = stepStatuses(dossier);
      const there = portal.get(dossier.code);
      const got = there ? [...there.steps, there.status] : [];
      return differs(`${dossier.code} at the portal`, got, [...wanted, wanted.at(-1) ?? ""]);
    }),
  );
}

function differs(what: string, got: readonly string[], wanted: readonly string[]): string | null {
  return got.join() === wanted.join() ? null : `${what} is [${got.join(", ")}], not [${wanted.join(", ")}]`;
}
