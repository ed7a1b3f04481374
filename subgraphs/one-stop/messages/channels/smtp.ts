import { rootCertificates } from "node:tls";
import * as z from "zod";
import type { SmtpAccount } from "../accounts.ts";
import { letterText } from "../texts/message-text.ts";
import { type Channel, type ChannelAnswer, ChannelUnavailable, type OutgoingMessage } from "./channel.ts";

const SECURE_PORT = 465;
const SUBMISSION_PORT = 587;

/** Error of a transport, as far as it is read here. */
const smtpError = z.object({
  responseCode: z.int().optional().catch(undefined),
  response: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
});

/** Commands whose refusal is about this recipient or message; a refusal of any other one is about the account. */
const OF_THE_MESSAGE = ["RCPT TO", "DATA"];

/**
 * Sends e-mail by a connection for each message. Message-ID is derived from the message's id, so that a receiver recognises a
 * message that is sent again because its acceptance was not learned.
 */
export function smtpChannel(account: SmtpAccount, timeoutMs: number): Channel {
  const opening = openTransport(account, timeoutMs);
  return {
    reaches: ({ email }) => email !== null,
    async send(message) {
      try {
        const { response } = await (await opening).sendMail(mailOf(account, message));
        return { kind: "ACCEPTED", reference: statusOf(response) };
      } catch (error) {
        return answerOf(error);
      }
    },
    close: async () => (await opening).close(),
  };
}

async function openTransport(account: SmtpAccount, timeoutMs: number) {
  const { createTransport } = await import("nodemailer"); // a desk without e-mail does not load it
  const { protocol, hostname, port } = new URL(account.url);
  const secure = protocol === "smtps:";
  return createTransport({
    ...{
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port) || (secure ? SECURE_PORT : SUBMISSION_PORT),
      secure,
    },
    ...{ requireTLS: !secure && account.tls === "required", ignoreTLS: !secure && account.tls === "off" },
    ...(account.user !== null && { auth: { user: account.user, pass: account.password } }),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs },
    ...(account.ca !== null && { tls: { ca: [...rootCertificates, account.ca] } }),
    // texts never name a file or an address to fetch
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
}

function mailOf({ from, unsubscribe }: SmtpAccount, { id, facts, language, to }: OutgoingMessage) {
  const domain = from.slice(from.lastIndexOf("@") + 1);
  const { subject, text, html } = letterText(facts, language);
  return {
    ...{ from, to: { name: "", address: to.email ?? "" }, subject, text, html },
    messageId: `<${id}@${domain}>`,
    headers: { ...unsubscribeHeaders(facts.unsubscribeUrl, unsubscribe), "Auto-Submitted": "auto-generated" },
  };
}

/** Headers of RFC 2369 and, with an address of the message's own, of one-click unsubscribing (RFC 8058). */
function unsubscribeHeaders(url: string | null, address: string): Record<string, string> {
  if (url === null) return { "List-Unsubscribe": `<${address}>` };
  return { "List-Unsubscribe": `<${url}>, <${address}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

/** @throws ChannelUnavailable unless the server refused this recipient or this message */
function answerOf(error: unknown): ChannelAnswer {
  const { responseCode, response, command } = smtpError.catch({}).parse(error);
  if (responseCode === undefined || !command || !OF_THE_MESSAGE.some((each) => command.startsWith(each)))
    throw new ChannelUnavailable(
      responseCode === undefined ? kindOf(error) : `${responseCode} to ${command ?? "a connection"}`,
    );
  // 421: the server closes the connection, whatever the command was (RFC 5321, 3.8)
  if (responseCode === 421) throw new ChannelUnavailable("421");
  const reason = statusOf(response ?? "") ?? String(responseCode);
  return { kind: responseCode >= 500 ? "REFUSED" : "REFUSED_FOR_NOW", reason };
}

/** Reply code and enhanced status code (RFC 3463) of a reply, such as `550 5.1.1`; its text may name the recipient. */
function statusOf(reply: string): string | null {
  return /^\d{3}([ -][245]\.\d{1,3}\.\d{1,3})?/.exec(reply)?.[0].replace("-", " ") ?? null;
}

/** Code of an error of the connection, such as ECONNREFUSED. */
function kindOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "no answer";
}
