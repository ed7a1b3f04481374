/** Kinds of messages to the declarant of a dossier, by the change that they tell; a reminder tells of a paper that expires. */
export const MESSAGE_KINDS = [
  "RECEIVED",
  "PAYMENT_AWAITED",
  "PAYMENT_RECEIVED",
  "CERTIFICATE_TO_CONFIRM",
  "SUPPLEMENT_ASKED",
  "SUPPLEMENT_REMINDER",
  "NEW_DATE",
  "RESULT_READY",
  "RESULT_PARTLY_READY",
  "REFUSED",
  "RETURNED",
  "NOT_ACCEPTED",
  "WITHDRAWN",
  "EXPIRY_REMINDER",
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** State in which a dossier awaits the act that a message asks for; the message is outdated in any other one. */
export const AWAITING_STATE: Readonly<Partial<Record<MessageKind, string>>> = {
  PAYMENT_AWAITED: "AWAITING_PAYMENT",
  CERTIFICATE_TO_CONFIRM: "AWAITING_CITIZEN",
  SUPPLEMENT_ASKED: "AWAITING_CITIZEN",
  SUPPLEMENT_REMINDER: "AWAITING_CITIZEN",
};

/** Languages of messages. */
export const MESSAGE_LANGUAGES = ["vi", "en"] as const;
export type MessageLanguage = (typeof MESSAGE_LANGUAGES)[number];
