import { createHash } from "node:crypto";
import type { Change } from "../changes/types.ts";

/**
 * Id of the delivery of a change at a webhook, the same for a replay. The dossier and the time tell changes of a restored
 * database apart that have the same number.
 */
export function changeDeliveryId(webhook: string, { position, dossierId, at }: Change): string {
  return uuidOf(["CHANGE", webhook, String(position.row + position.place), dossierId, at.toISOString()]);
}

/** Id of a ping, the same for the same key. */
export function pingDeliveryId(webhook: string, idempotencyKey: string): string {
  return uuidOf(["PING", webhook, idempotencyKey]);
}

/** UUID of version 8 (RFC 9562, section 5.8) from a digest. */
function uuidOf(parts: readonly string[]): string {
  const digest = createHash("sha256").update(parts.join(" ")).digest();
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return digest.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
