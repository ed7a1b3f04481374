import type postgres from "postgres";
import type { Addresses } from "./channels/channel.ts";
import type { MessageLanguage } from "./message-kinds.ts";

type Declarant = { personalId: string | null; phone: string | null; email: string | null };
/** Request of a dossier, as far as it names the declarant; a refiled branch keeps the request of its bundle. */
export type RequestOfDeclarant = { declarant?: Declarant; birth?: { declarant?: Declarant } };

/** Person who hears of a dossier: its declarant. */
export type Recipient = Declarant;

/** A citizen's choice by one of the names under which choices are stored. */
export type StoredChoice = {
  recipient: string;
  channels: string | null;
  language: MessageLanguage | null;
  stoppedAt: Date | null;
  changedAt: Date;
};

export type Wishes = { to: Addresses; language: MessageLanguage | null; isStopped: boolean };

const NOBODY: Recipient = { personalId: null, phone: null, email: null };

export function recipientOf({ declarant, birth }: RequestOfDeclarant): Recipient {
  const { personalId, phone, email } = declarant ?? birth?.declarant ?? NOBODY;
  return { personalId, phone, email };
}

/** Names under which a person's choices may be stored. */
export function namesOf({ personalId, phone, email }: Recipient): string[] {
  return [personalId, phone, email?.toLowerCase() ?? null].filter((each) => each !== null);
}

export async function choicesOf(sql: postgres.Sql, recipient: Recipient): Promise<StoredChoice[]> {
  const names = namesOf(recipient);
  if (names.length === 0) return [];
  return sql<StoredChoice[]>`
    select recipient, wanted_channels as channels, wanted_language as language, stopped_at as "stoppedAt", changed_at as "changedAt"
      from message_choices where recipient in ${sql(names)}`;
}

/**
 * Addresses and language that choices leave. A stop by the personal number stops all messages; one of an address stops that address,
 * unless the person has chosen messages since.
 */
export function wishesOf(recipient: Recipient, choices: readonly StoredChoice[]): Wishes {
  const named = (name: string | null) => choices.find(({ recipient: each }) => each === name);
  const own = named(recipient.personalId);
  const isWanted = (channel: "EMAIL" | "SMS") => own?.channels?.split(",").includes(channel) ?? true;
  const isStopped = (address: string | null) => {
    const stoppedAt = named(address)?.stoppedAt ?? null;
    return stoppedAt !== null && !(own && own.changedAt > stoppedAt);
  };
  const { phone, email } = recipient;
  const stops = [own?.stoppedAt != null, isStopped(phone), isStopped(email?.toLowerCase() ?? null)];
  const [all, ofPhone, ofEmail] = stops;
  return {
    to: {
      phone: !all && !ofPhone && isWanted("SMS") ? phone : null,
      email: !all && !ofEmail && isWanted("EMAIL") ? email : null,
    },
    language: own?.language ?? null,
    isStopped: stops.includes(true),
  };
}
