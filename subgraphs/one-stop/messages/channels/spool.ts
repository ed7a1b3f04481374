import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { letterText, smsText } from "../texts/message-text.ts";
import { type Channel, ChannelUnavailable, type OutgoingMessage } from "./channel.ts";

/**
 * Writes one file for each message, `<id>.json`, for another system that sends it. A file appears complete or not at all; a repeated
 * sending replaces it.
 */
export function spoolChannel(directory: string): Channel {
  return {
    reaches: ({ email, phone }) => email !== null || phone !== null,
    async send(message) {
      const path = join(directory, `${message.id}.json`);
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await writeDurably(`${path}.draft`, fileOf(message));
        await rename(`${path}.draft`, path);
      } catch (error) {
        throw new ChannelUnavailable(error instanceof Error ? error.message : String(error));
      }
      return { kind: "ACCEPTED", reference: null };
    },
    close: async () => {},
  };
}

function fileOf({ id, facts, language, to }: OutgoingMessage): string {
  const { kind, expiring } = facts;
  const code = expiring ? null : facts.code; // that of the dossier whose declarant is reminded says nothing
  const { subject, text } = letterText(facts, language);
  const sms = smsText(facts, language, "ucs2");
  return `${JSON.stringify({ id, kind, dossier: code, language, to, subject, text, sms }, null, 2)}\n`;
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
