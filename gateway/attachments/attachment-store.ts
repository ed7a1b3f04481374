import type { Readable } from "node:stream";
import type { Draft } from "./draft.ts";

export type StoredAttachment = { id: string; type: string; bytes: number };
export type AttachmentContent = { type: string; bytes: number; stream: Readable };

/**
 * Attachments by the digest of their content. The one-stop desk shares the store, and removes attachments that are in no dossier
 * after a day.
 */
export type AttachmentStore = {
  /** Local folder of drafts. */
  readonly draftDirectory: string;
  /** Stores a draft once. A repeated upload restarts its age. @throws StoreUnavailable */
  keep(draft: Draft, owner: string): Promise<StoredAttachment>;
  /** True if the subject of a token has uploaded it. @throws StoreUnavailable */
  isOwner(id: string, subject: string): Promise<boolean>;
  /** @throws StoreUnavailable */
  read(id: string): Promise<AttachmentContent | null>;
  /** Reason why the store cannot be used now. */
  fault(): Promise<string | undefined>;
};

/** Hexadecimal digest in an attachment's id; undefined if the text is no such id. */
export function digestOf(id: string): string | undefined {
  return /^sha256:([0-9a-f]{64})$/.exec(id)?.[1];
}
