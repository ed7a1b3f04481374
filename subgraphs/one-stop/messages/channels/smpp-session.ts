import type smpp from "smpp";
import { ChannelUnavailable } from "./channel.ts";
import { bindTransceiver, openConnection, request, type SmppConnection, type SmppLogin } from "./smpp-connection.ts";

/** Connection to an SMS centre, bound as a transceiver; connected again whenever it is lost. */
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

export function smppSession(login: SmppLogin, { timeoutMs, delivered }: SmppSessionOptions): SmppSession {
  let current: Promise<SmppConnection> | undefined;
  let failures = 0;
  let isClosed = false;
  let reconnecting: NodeJS.Timeout | undefined;

  /** The bound connection, which all requests share. */
  function bound(): Promise<SmppConnection> {
    if (isClosed) return Promise.reject(new ChannelUnavailable("closed"));
    current ??= connect();
    return current;
  }

  async function connect(): Promise<SmppConnection> {
    const connection = await openConnection(login, timeoutMs, reconnectLater);
    const serving = serve(connection);
    serving.catch(() => connection.session.destroy());
    return serving;
  }

  async function serve(connection: SmppConnection): Promise<SmppConnection> {
    await bindTransceiver(connection, login);
    failures = 0;
    answerCentre(connection, delivered);
    keepAlive(connection);
    return connection;
  }

  /** Connects again although nothing is to be sent: receipts and answers of citizens arrive by the same connection. */
  function reconnectLater(): void {
    current = undefined;
    if (isClosed) return;
    const ms = Math.min(RECONNECT_EVERY_MS * 2 ** failures++, LONGEST_RECONNECT_MS);
    clearTimeout(reconnecting);
    reconnecting = setTimeout(() => void bound().catch(() => {}), ms).unref();
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

/** Answers the requests of the centre. */
function answerCentre({ session }: SmppConnection, delivered: SmppSessionOptions["delivered"]): void {
  session.on("enquire_link", (pdu: smpp.Pdu) => session.send(pdu.response()));
  session.on("unbind", (pdu: smpp.Pdu) => {
    session.send(pdu.response());
    session.close();
  });
  session.on("deliver_sm", (pdu: smpp.Pdu) => {
    const answer = (command_status: number) => session.send(pdu.response({ command_status }));
    delivered(pdu).then(answer, () => answer(AGAIN_LATER));
  });
}

/** Ends a connection that does not answer, which TCP alone would notice only much later. */
function keepAlive(connection: SmppConnection): void {
  const timer = setInterval(() => {
    request(connection, "enquire_link", {}).catch(() => connection.session.destroy());
  }, ENQUIRE_EVERY_MS).unref();
  connection.lost.catch(() => clearInterval(timer));
}
