import { freshKey } from "../client/fresh-key.ts";
import type { Desk } from "./desk.ts";
import reserveDocument from "./documents/reserve-codes.graphql";
import type { ReservedCode, Storage } from "./storage.ts";

/** Codes that a desk has in reserve, enough for a morning without a line. */
const RESERVE = 12;
const PENDING = "reservation";

type Reserved = { reserveDossierCodes: { codes: string[]; validUntil: string | null } | null };

/** Codes of this office that are still valid, the oldest first. */
export async function validCodes(desk: Desk, storage: Storage): Promise<ReservedCode[]> {
  const now = desk.now().getTime();
  return (await storage.codes()).filter(
    ({ office, validUntil }) => office === desk.office && Date.parse(validUntil) > now,
  );
}

/** Fills the reserve up, with the drawing of each code's QR code. The key is kept until the codes are, so that none is lost. */
export async function replenishCodes(desk: Desk, storage: Storage): Promise<void> {
  const known = await validCodes(desk, storage);
  if (known.length >= RESERVE / 2 || !desk.isLineUp()) return;
  const key = `${PENDING}-${desk.office}`;
  const pending = (await storage.fact<{ idempotencyKey: string; count: number }>(key)) ?? {
    idempotencyKey: freshKey("codes"),
    count: RESERVE - known.length,
  };
  await storage.saveFact(key, pending);
  const answer = await desk.ask<Reserved>(reserveDocument, { office: desk.office, ...pending });
  const { codes = [], validUntil } = answer.data?.reserveDossierCodes ?? {};
  if (!validUntil) return;
  const drawn = codes.map(async (code) => {
    const response = await fetch(`/track/${code}/qr.svg`).catch(() => undefined);
    return { code, office: desk.office, validUntil, qr: response?.ok ? await response.text() : "" };
  });
  await storage.saveCodes(await Promise.all(drawn), key);
}
