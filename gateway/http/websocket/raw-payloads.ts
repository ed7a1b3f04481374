import { randomUUID } from "node:crypto";

/**
 * Payloads that are JSON text already. The protocol's library writes messages by JSON.stringify, so that a payload is written as an
 * object with a random key, and its text takes the object's place.
 */
export class RawPayloads {
  private readonly key = `raw-${randomUUID()}`;
  private readonly pattern = new RegExp(`\\{"${this.key}":(\\d+)\\}`);
  private readonly texts = new Map<number, string>();
  private count = 0;

  payload(text: string): Record<string, unknown> {
    this.count += 1;
    this.texts.set(this.count, text);
    return { [this.key]: this.count };
  }

  /** The message with the payload's text. */
  restored(message: string): string {
    return message.replace(this.pattern, (_, number) => {
      const text = this.texts.get(Number(number)) ?? "{}";
      this.texts.delete(Number(number));
      return text;
    });
  }
}
