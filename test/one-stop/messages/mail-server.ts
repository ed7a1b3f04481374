import type { Socket } from "node:net";
import { SMTPServer } from "smtp-server";

/** A mail as it arrived: its recipient, its Message-ID and the whole source. */
export type Mail = { to: string; messageId: string; source: string };
type Refusal = { code: number; text: string };

/** A real SMTP server, which misbehaves as it is told. */
export type MailServer = {
  readonly url: string;
  /** All mails whose DATA was read to the end, whether or not that was acknowledged. */
  mails: Mail[];
  /** Answers to the next recipients, in their order; accepted afterwards. */
  refusals: Refusal[];
  /** Number of next mails after whose DATA the line drops before the answer. */
  drops: number;
  /** Called when a mail has been read to the end, before it is answered. */
  onMail: () => Promise<void>;
  /** Closes the port, and opens it again. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
};

type Options = { user?: string; password?: string; certificate?: { key: string; cert: string } };

export async function serveMail({ user, password, certificate }: Options = {}): Promise<MailServer> {
  let port = 0;
  let running: SMTPServer | undefined;
  const mail: MailServer = {
    get url() {
      return `smtp://127.0.0.1:${port}`;
    },
    ...{ mails: [], refusals: [], drops: 0, onMail: async () => {} },
    async goAway() {
      const closing = running;
      running = undefined;
      await new Promise<void>((resolve) => (closing ? closing.close(() => resolve()) : resolve()));
    },
    async comeBack() {
      const sockets = new Set<Socket>();
      const server = new SMTPServer({
        ...{ authOptional: user === undefined, allowInsecureAuth: true, logger: false, closeTimeout: 100 },
        ...(certificate ?? { disabledCommands: ["STARTTLS"] }),
        onAuth: (auth, _session, done) =>
          auth.username === user && auth.password === password
            ? done(null, { user: auth.username })
            : done(new Error("Invalid credentials")),
        onRcptTo(_address, _session, done) {
          const refusal = mail.refusals.shift();
          if (!refusal) return done();
          done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
        },
        onData(stream, session, done) {
          const chunks: Buffer[] = [];
          stream.on("data", (chunk: Buffer) => chunks.push(chunk));
          stream.on("end", async () => {
            const source = Buffer.concat(chunks).toString();
            const messageId = /^message-id: (.*)$/im.exec(source)?.[1]?.trim() ?? "";
            mail.mails.push({ to: session.envelope.rcptTo[0]?.address ?? "", messageId, source });
            await mail.onMail();
            if (mail.drops === 0) return done();
            mail.drops--;
            for (const socket of sockets) socket.destroy();
          });
        },
      });
      server.on("error", () => {}); // of clients that end in the middle of a session
      server.server.on("connection", (socket: Socket) => {
        sockets.add(socket);
        socket.on("close", () => sockets.delete(socket));
      });
      await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
      const address = server.server.address();
      if (typeof address === "object" && address) port = address.port;
      running = server;
    },
  };
  await mail.comeBack();
  return mail;
}
