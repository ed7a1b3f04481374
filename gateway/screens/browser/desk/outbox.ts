import { batchMember } from "./kinds.ts";
import { requestSending, type Sending } from "./request-sending.ts";

/** Pause before what was not accepted or refused is sent again, while the line is up. */
const RETRY_MS = 4_000;

/** Sends what was taken, as long as something waits. The same key and body make one dossier, however often they are sent. */
export function openOutbox(shared: Sending, changed: () => void) {
  const { desk, storage } = shared;
  const requests = requestSending(shared);
  let sending: Promise<void> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  async function sendWaiting(): Promise<void> {
    clearTimeout(retry);
    const waiting = (await storage.taken()).filter(({ state }) => state === "WAITING").reverse();
    if (waiting.length === 0 || !desk.isLineUp()) return;
    const batch = await requests.withFilesSent(waiting.filter(({ kind }) => batchMember(kind)));
    if (batch.length > 0) await requests.sendBatch(batch);
    for (const taken of waiting.filter(({ kind }) => !batchMember(kind))) await requests.sendAlone(taken);
    changed();
    const rest = (await storage.taken()).filter(({ state }) => state === "WAITING");
    const left = new Set(rest.map(({ idempotencyKey }) => idempotencyKey));
    const isProgress = waiting.some(({ idempotencyKey }) => !left.has(idempotencyKey));
    if (rest.length > 0) retry = setTimeout(send, isProgress ? 0 : RETRY_MS);
  }

  /** Sends now, or joins the sending that is under way. Other tabs of this browser wait meanwhile. */
  function send(): Promise<void> {
    // pages of plain http on another host have no locks; the keys are enough
    const alone = async () =>
      void (await (navigator.locks?.request("motcua-desk-outbox", sendWaiting) ?? sendWaiting()));
    sending ??= alone().finally(() => {
      sending = undefined;
    });
    return sending;
  }

  return { send };
}
