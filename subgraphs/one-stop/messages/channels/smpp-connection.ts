import { isIP } from "node:net";
import { rootCertificates } from "node:tls";
import type smpp from "smpp";
import { ChannelUnavailable } from "./channel.ts";

export type SmppLogin = { url: string; systemId: string; password: string; ca: string | null };

/** A connection to an SMS centre. `lost` rejects with ChannelUnavailable when it ends. */
export type SmppConnection = { session: smpp.Session; lost: Promise<never>; timeoutMs: number };

export async function openConnection(
  login: SmppLogin,
  timeoutMs: number,
  onClosed: () => void,
): Promise<SmppConnection> {
  const { default: protocol } = await import("smpp"); // half a megabyte, which a desk without SMS does not load
  const { hostname } = new URL(login.url);
  const servername = isIP(hostname.replace(/^\[|\]$/g, "")) ? undefined : hostname;
  const session = protocol.connect({
    url: login.url,
    ...(servername !== undefined && { servername }),
    ...(login.ca !== null && { ca: [...rootCertificates, login.ca] }),
  });
  const lost = new Promise<never>((_, reject) => {
    session.on("error", (error: Error) => {
      reject(new ChannelUnavailable("code" in error ? String(error.code) : "the connection failed"));
      session.destroy();
    });
    session.on("close", () => {
      reject(new ChannelUnavailable("the connection was closed"));
      onClosed();
    });
  });
  lost.catch(() => {}); // every request learns it by its own race
  return { session, lost, timeoutMs };
}

/** Binds as a transceiver (SMPP 3.4, 4.1.5). @throws ChannelUnavailable */
export async function bindTransceiver(connection: SmppConnection, login: SmppLogin): Promise<void> {
  // the password passes only to a server whose certificate is verified
  const connected = login.url.startsWith("ssmpp:") ? "secureConnect" : "connect";
  await answerTo(connection, (answered) => connection.session.on(connected, () => answered(undefined)));
  const { systemId: system_id, password } = login;
  const { command_status } = await request(connection, "bind_transceiver", { system_id, password });
  if (command_status !== 0) throw new ChannelUnavailable(`status ${command_status} to the bind`);
}

/** @throws ChannelUnavailable without an answer in time */
export function request(
  connection: SmppConnection,
  command: "bind_transceiver" | "submit_sm" | "enquire_link",
  fields: smpp.Fields,
): Promise<smpp.Pdu> {
  return answerTo(connection, (answered) => connection.session[command](fields, answered));
}

function answerTo<T>({ lost, timeoutMs }: SmppConnection, ask: (answered: (answer: T) => void) => unknown): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const answer = new Promise<T>((resolve, reject) => {
    timer = setTimeout(() => reject(new ChannelUnavailable("no answer in time")), timeoutMs);
    if (ask(resolve) === false) reject(new ChannelUnavailable("the connection is not open"));
  });
  return Promise.race([answer, lost]).finally(() => clearTimeout(timer));
}
