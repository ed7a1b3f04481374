import smpp from "smpp";

/** An SMS as it arrived. */
export type Sms = {
  to: string;
  from: string;
  text: string;
  coding: number;
  /** `user_message_reference`: the same for a message that is sent again. */
  reference: number;
  number: string;
};

/** A real SMPP server, which misbehaves as it is told. */
export type SmsCentre = {
  readonly url: string;
  received: Sms[];
  /** Command statuses for the next messages, in their order; accepted afterwards. */
  statuses: number[];
  /** Number of next messages after which the line drops before the answer. */
  drops: number;
  binds: number;
  /** Sends a delivery receipt, or an SMS of a phone. @returns the command status of the answer */
  deliver(fields: smpp.Fields): Promise<number>;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
};

const BIND_FAILED = 0x0d;

type Certificate = { key: string; cert: string };

export async function serveSms(systemId: string, password: string, certificate?: Certificate): Promise<SmsCentre> {
  let port = 0;
  let server: smpp.Server | undefined;
  const bound = new Set<smpp.Session>();
  const centre: SmsCentre = {
    get url() {
      return `${certificate ? "ssmpp" : "smpp"}://127.0.0.1:${port}`;
    },
    ...{ received: [], statuses: [], drops: 0, binds: 0 },
    deliver: (fields) =>
      new Promise((resolve, reject) => {
        const [session] = bound;
        if (!session) return reject(new Error("Nobody is bound"));
        session.deliver_sm(fields, ({ command_status }) => resolve(command_status));
      }),
    async goAway() {
      for (const session of server?.sessions ?? []) session.destroy();
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    },
    async comeBack() {
      server = smpp.createServer(certificate ?? {}, (session) => {
        session.on("error", () => session.destroy());
        session.on("close", () => bound.delete(session));
        session.on("enquire_link", (pdu: smpp.Pdu) => session.send(pdu.response()));
        session.on("unbind", (pdu: smpp.Pdu) => session.send(pdu.response()));
        session.on("bind_transceiver", (pdu: smpp.Pdu) => {
          centre.binds++;
          const isKnown = pdu.system_id === systemId && pdu.password === password;
          session.send(pdu.response({ command_status: isKnown ? 0 : BIND_FAILED }));
          if (isKnown) bound.add(session);
        });
        session.on("submit_sm", (pdu: smpp.Pdu) => answer(session, pdu));
      });
      const listening = server;
      await new Promise<void>((resolve) => listening.listen(port, "127.0.0.1", () => resolve()));
      const address = listening.address();
      if (typeof address === "object" && address) port = address.port;
    },
  };

  function answer(session: smpp.Session, pdu: smpp.Pdu): void {
    const status = centre.statuses.shift() ?? 0;
    const number = `m${centre.received.length + 1}`;
    if (status === 0)
      centre.received.push({
        ...{ to: pdu.destination_addr ?? "", from: pdu.source_addr ?? "", number },
        ...{ text: String(pdu.short_message?.message), coding: pdu.data_coding ?? -1 },
        reference: pdu.user_message_reference ?? -1,
      });
    if (centre.drops-- > 0) session.destroy();
    else session.send(pdu.response({ command_status: status, message_id: status === 0 ? number : "" }));
  }

  await centre.comeBack();
  return centre;
}
