import { isIP } from "node:net";
import { rootCertificates } from "node:tls";
import smpp from "smpp";
import { ChannelUnavailable } from "./channel.ts";

export type SmppLogin = { url: string; systemId: string; password: string; ca: string | null };

/** Connection to an SMS centre, bound as a transceiver (SMPP 3.4, 4.1.5); connected again whenever it is lost. */
export type SmppSession = {
  /** @throws ChannelUnavailable without an answer in time */
  submit(fields: smpp.Fields): Promise<smpp.Pdu>;
  close(): Promise<void>;
};

/** @param delivered answers a `deliver_sm` with its command status */
export type SmppSessionOptions = { timeoutMs: number; delivered(pdu: smpp.Pdu): Promise<number> };

const ENQUIRE_EVERY_MS = 30_000;
const RECONNECT_EVERY_MS = 1_000;
const LONGEST_RECONNECT_MS = 60_000;
/** ESME_RX_T_APPN: the centre delivers it again later. */
const AGAIN_LATER = 0x64;

type Bound = { session: smpp.Session; lost: Promise<never> };

export function smppSession(login: SmppLogin, { timeoutMs, delivered }: SmppSessionOptions): SmppSession {
  let current: Promise<Bound> | undefined;
  let failures = 0;
  let isClosed = false;
  let reconnecting: NodeJS.Timeout | undefined;

  /** The bound connection, which all requests share. */
  function bound(): Promise<Bound> {
    if (isClosed) return Promise.reject(new ChannelUnavailable("closed"));
    current ??= connect();
    return current;
  }

  function connect(): Promise<Bound> {
    const { hostname } = new URL(login.url);
    const servername = isIP(hostname.replace(/^\[|\]$/g, "")) ? undefined : hostname;
    const session = smpp.connect({
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
        reconnectLater();
      });
    });
    lost.catch(() => {}); // every request learns it by its own race
    const binding = bind({ session, lost });
    binding.catch(() => session.destroy());
    return binding;
  }

  async function bind(connection: Bound): Promise<Bound> {
    const { session } = connection;
    // the password passes only to a server whose certificate is verified
    const connected = login.url.startsWith("ssmpp:") ? "secureConnect" : "connect";
    await answerTo(connection, (answered) => session.on(connected, () => answered(undefined)));
    const { systemId: system_id, password } = login;
    const { command_status } = await request(connection, "bind_transceiver", { system_id, password });
    if (command_status !== 0) throw new ChannelUnavailable(`status ${command_status} to the bind`);
    failures = 0;
    session.on("enquire_link", (pdu: smpp.Pdu) => session.send(pdu.response()));
    session.on("unbind", (pdu: smpp.Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on("deliver_sm", (pdu: smpp.Pdu) => {
      const answer = (command_status: number) => session.send(pdu.response({ command_status }));
      delivered(pdu).then(answer, () => answer(AGAIN_LATER));
    });
    keepAlive(connection);
    return connection;
  }

  /** Ends a connection that does not answer, which TCP alone would notice only much later. */
  function keepAlive(connection: Bound): void {
    const timer = setInterval(() => {
      request(connection, "enquire_link", {}).catch(() => connection.session.destroy());
    }, ENQUIRE_EVERY_MS).unref();
    connection.lost.catch(() => clearInterval(timer));
  }

  /** Connects again although nothing is to be sent: receipts and answers of citizens arrive by the same connection. */
  function reconnectLater(): void {
    current = undefined;
    if (isClosed) return;
    const ms = Math.min(RECONNECT_EVERY_MS * 2 ** failures++, LONGEST_RECONNECT_MS);
    clearTimeout(reconnecting);
    reconnecting = setTimeout(() => void bound().catch(() => {}), ms).unref();
  }

  function answerTo<T>({ lost }: Bound, ask: (answered: (answer: T) => void) => unknown): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => reject(new ChannelUnavailable("no answer in time")), timeoutMs);
      if (ask(resolve) === false) reject(new ChannelUnavailable("the connection is not open"));
    });
    return Promise.race([answer, lost]).finally(() => clearTimeout(timer));
  }

  function request(
    connection: Bound,
    command: "bind_transceiver" | "submit_sm" | "enquire_link",
    fields: smpp.Fields,
  ): Promise<smpp.Pdu> {
    return answerTo(connection, (answered) => connection.session[command](fields, answered));
  }

  bound().catch(() => {});
  return {
    submit: async (fields) => request(await bound(), "submit_sm", fields),
    async close() {
      isClosed = true;
      clearTimeout(reconnecting);
      const connection = await current?.catch(() => undefined);
      connection?.session.unbind({});
      connection?.session.close();
      connection?.session.destroy();
    },
  };
}
