import { openBucket } from "../../subgraphs/_shared/attachments/bucket.ts";
import type { AttachmentStore } from "./attachment-store.ts";
import type { AttachmentsConfiguration } from "./attachments-configuration.ts";
import { bucketStore } from "./bucket-store.ts";
import { folderStore } from "./folder-store.ts";
import { clamdScanner, type VirusScanner } from "./virus-scan.ts";

export type Attachments = { store: AttachmentStore; limitBytes: number; scanner: VirusScanner | undefined };
/** Readiness of what attachments depend on. It does not decide on the gateway's readiness: all else works without it. */
export type AttachmentsReadiness = { ready: boolean; reason?: string };

export function openAttachments({ storage, limitBytes, scanner }: AttachmentsConfiguration): Attachments | undefined {
  if (!storage) return undefined;
  const store = "bucket" in storage ? bucketStore(openBucket(storage.bucket)) : folderStore(storage.directory);
  return { store, limitBytes, scanner: scanner && clamdScanner(scanner.address, scanner.required) };
}

export async function attachmentsReadiness({ store, scanner }: Attachments): Promise<AttachmentsReadiness> {
  const [stored, scanned] = await Promise.all([store.fault(), scanner?.fault()]);
  const reasons = [stored && `store: ${stored}`, scanned && `virus scanner: ${scanned}`].filter(Boolean);
  return reasons.length === 0 ? { ready: true } : { ready: false, reason: reasons.join("; ") };
}
