import type { Desk } from "./desk.ts";
import { batchMember, inputOf } from "./kinds.ts";
import type { openOutbox } from "./outbox.ts";
import { applicantOf } from "./request-form.ts";
import { validCodes } from "./reserved-codes.ts";
import type { Draft, Storage, Taken } from "./storage.ts";

type Shared = { desk: Desk; storage: Storage; outbox: ReturnType<typeof openOutbox> };

/**
 * Turns a draft into a taken request. Without a line the request gets the time of now, and a reserved code if it can be sent with one.
 * @returns undefined for a draft that is gone. @throws where the browser refuses to keep the request
 */
export async function takeRequest(
  { desk, storage }: Shared,
  { id, kind }: Draft,
  content: unknown,
): Promise<Taken | undefined> {
  const isLineUp = await desk.checkLine();
  const codes = isLineUp || !batchMember(kind) ? [] : await validCodes(desk, storage);
  const takenAt = isLineUp ? undefined : desk.now().toISOString();
  const input = inputOf(kind, desk.office, content);
  return storage.takeDraft(id, { applicant: applicantOf(content), input, codes, takenAt });
}

/** Sends a taken request, if the line is up. @returns the view that shows what became of it */
export async function sendRequest({ desk, storage, outbox }: Shared, { idempotencyKey }: Taken): Promise<string> {
  if (desk.isLineUp()) await outbox.send();
  const sent = (await storage.taken()).find((each) => each.idempotencyKey === idempotencyKey);
  if (sent?.state === "ACCEPTED") return `#dossier/${sent.dossier}`;
  return sent?.state === "REFUSED" ? `#form/${await storage.reopen(sent)}` : "#outbox";
}
