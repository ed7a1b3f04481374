import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { dataDirectory } from "../../_shared/identity/keys.ts";
import { BadConfiguration, readEnvironment } from "../../_shared/serving/environment.ts";
import type { SmppAccount, SmtpAccount } from "./accounts.ts";
import { MESSAGE_LANGUAGES, type MessageLanguage } from "./message-kinds.ts";
import { parseQuietHours, type QuietHours } from "./quiet-hours.ts";
import { parseRoutes, type Route } from "./routes.ts";

export type MessageConfiguration = {
  routes: readonly Route[];
  spoolDirectory: string;
  smtp: SmtpAccount | null;
  smpp: SmppAccount | null;
  /** Null: messages go out at any time. */
  quietHours: QuietHours | null;
  /** Language of citizens who have not chosen one. */
  language: MessageLanguage;
  /** Address before the code of a dossier; null: messages tell none. */
  trackingUrl: string | null;
  /** Address before the token of a link that stops e-mail; null without an https address, which RFC 8058 demands. */
  unsubscribeUrl: string | null;
  /** Days after which an address that is refused for the moment counts as refused. */
  giveUpDays: number;
  /** Days for which a message is kept after its end. */
  keptDays: number;
};

const written = <T>(parse: (text: string) => T | null, message: string) =>
  z.string().transform((text, context): T => {
    const parsed = parse(text);
    if (parsed !== null) return parsed;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
const ROUTES = "must name spool, smtp and smpp, each at most once, such as smpp>smtp,spool, or be off";
const HOURS = "must look like 21:00-07:00, or be off";
const quietHours = written((text) => (text === "off" ? { off: true } : parseQuietHours(text)), HOURS);
const mailbox = z.string().regex(/^[^\s@<>"]+@[^\s@<>"]+$/, "must be an address such as mot-cua@example.vn");
const unsubscribe = z
  .string()
  .regex(/^(mailto:|https:\/\/)[^\s<>,]+$/, "must begin with mailto: or https://, such as mailto:mot-cua@example.vn");

/** Certificates of a file; null if it is not readable or has none. */
function certificatesIn(path: string): string | null {
  try {
    const text = readFileSync(path, "utf8");
    new X509Certificate(text);
    return text;
  } catch {
    return null;
  }
}
const CERTIFICATES = "must be a readable file of certificates (PEM)";

/** @throws BadConfiguration naming every bad variable. */
export function messageConfiguration(environment: NodeJS.ProcessEnv): MessageConfiguration {
  const read = readEnvironment(
    {
      MESSAGE_CHANNELS: written(parseRoutes, ROUTES).prefault("spool"),
      MESSAGE_SPOOL_DIR: z.string().optional(),
      MESSAGE_QUIET_HOURS: quietHours.prefault("21:00-07:00"),
      MESSAGE_LANGUAGE: z.enum(MESSAGE_LANGUAGES).default("vi"),
      MESSAGE_TRACKING_URL: z.url({ protocol: /^https?$/ }).optional(),
      PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
      MESSAGE_GIVE_UP_DAYS: z.coerce.number().int().min(1).max(30).default(5),
      MESSAGE_DAYS: z.coerce.number().int().min(1).max(3_650).default(90),
      MESSAGE_CA_FILE: written(certificatesIn, CERTIFICATES).optional(),
      SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
      SMTP_USER: z.string().optional(),
      SMTP_PASSWORD: z.string().optional(),
      SMTP_TLS: z.enum(["required", "offered", "off"]).default("required"),
      SMTP_FROM: mailbox.optional(),
      SMTP_UNSUBSCRIBE: unsubscribe.optional(),
      SMPP_URL: z.url({ protocol: /^s?smpp$/ }).optional(),
      SMPP_SYSTEM_ID: z.string().max(15, "has at most 15 characters").optional(),
      SMPP_PASSWORD: z.string().max(8, "has at most 8 characters").optional(),
      SMPP_SENDER: z
        .string()
        .regex(/^(\d{1,20}|[\w .-]{1,11})$/, "must be a number, or a name of at most 11 characters")
        .optional(),
      SMPP_CODING: z.enum(["gsm", "ucs2"]).default("gsm"),
    },
    environment,
  );
  const channels = read.MESSAGE_CHANNELS.flat();
  const faults = [
    ...(channels.includes("smtp") ? missing("smtp", read, ["SMTP_URL", "SMTP_FROM"]) : []),
    ...(channels.includes("smpp") ? missing("smpp", read, ["SMPP_URL", "SMPP_SYSTEM_ID", "SMPP_SENDER"]) : []),
    ...(environment.NODE_ENV === "production" ? insecure(read) : []),
  ];
  if (faults.length > 0) throw new BadConfiguration(faults.join("\n"));
  const ca = read.MESSAGE_CA_FILE ?? null;
  const { SMTP_URL, SMTP_FROM, SMPP_URL, SMPP_SYSTEM_ID, SMPP_SENDER } = read;
  return {
    routes: read.MESSAGE_CHANNELS,
    spoolDirectory: resolve(read.MESSAGE_SPOOL_DIR ?? join(dataDirectory(environment), "messages")),
    smtp:
      channels.includes("smtp") && SMTP_URL && SMTP_FROM
        ? {
            ...{ url: SMTP_URL, user: read.SMTP_USER ?? null, password: read.SMTP_PASSWORD ?? "", tls: read.SMTP_TLS },
            ca,
            ...{ from: SMTP_FROM, unsubscribe: read.SMTP_UNSUBSCRIBE ?? `mailto:${SMTP_FROM}?subject=STOP` },
          }
        : null,
    smpp:
      channels.includes("smpp") && SMPP_URL && SMPP_SYSTEM_ID && SMPP_SENDER
        ? {
            ...{ url: SMPP_URL, systemId: SMPP_SYSTEM_ID, password: read.SMPP_PASSWORD ?? "" },
            ...{ sender: SMPP_SENDER, coding: read.SMPP_CODING, ca },
          }
        : null,
    quietHours: "off" in read.MESSAGE_QUIET_HOURS ? null : read.MESSAGE_QUIET_HOURS,
    language: read.MESSAGE_LANGUAGE,
    trackingUrl: read.MESSAGE_TRACKING_URL ?? (read.PUBLIC_URL ? new URL("/track", read.PUBLIC_URL).href : null),
    unsubscribeUrl: read.PUBLIC_URL?.startsWith("https:") ? new URL("/unsubscribe", read.PUBLIC_URL).href : null,
    giveUpDays: read.MESSAGE_GIVE_UP_DAYS,
    keptDays: read.MESSAGE_DAYS,
  };
}

function missing(channel: string, read: Record<string, unknown>, needed: readonly string[]): string[] {
  return needed.filter((name) => read[name] === undefined).map((name) => `  ${name}: is required for ${channel}`);
}

/** In production a password, and what a message tells, pass only over TLS. */
function insecure({ SMTP_TLS, SMTP_URL }: { SMTP_TLS: string; SMTP_URL?: string | undefined }): string[] {
  if (SMTP_TLS === "required" || !SMTP_URL || SMTP_URL.startsWith("smtps:")) return [];
  return ["  SMTP_TLS: must be required when NODE_ENV=production"];
}
