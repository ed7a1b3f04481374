import type { SmsCoding } from "./texts/sms-coding.ts";

/** Account of the desk at a mail server. */
export type SmtpAccount = {
  url: string;
  user: string | null;
  password: string;
  /** `offered`: TLS where the server offers it. `smtps:` begins with TLS in any case. */
  tls: "required" | "offered" | "off";
  /** Certificates (PEM) that are trusted beside the usual ones. */
  ca: string | null;
  /** Address of the sender. */
  from: string;
  /** Address for the header List-Unsubscribe (RFC 2369). */
  unsubscribe: string;
};

/** Account of the desk at an SMS centre. */
export type SmppAccount = {
  /** `smpp:` or, with TLS, `ssmpp:`. */
  url: string;
  systemId: string;
  password: string;
  /** Number or name that the phone shows. */
  sender: string;
  coding: SmsCoding;
  /** As at the mail server. */
  ca: string | null;
};
