import type { NetConnectOpts } from "node:net";
import * as z from "zod";
import {
  type BucketAddress,
  bucketAddress,
  bucketVariables,
} from "../../subgraphs/_shared/attachments/bucket-configuration.ts";

export type AttachmentsConfiguration = {
  /** Storage of attachments, shared with the one-stop desk; undefined: uploads are off. */
  storage: { directory: string } | { bucket: BucketAddress } | undefined;
  limitBytes: number;
  /** clamd; undefined: nothing is scanned. */
  scanner: { address: NetConnectOpts; required: boolean } | undefined;
};

/** `host:port`, `[::1]:port` or the path of a Unix socket. */
const socketAddress = z
  .string()
  .transform((text, context): NetConnectOpts => {
    if (text.startsWith("/")) return { path: text };
    const [, host, port] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(text) ?? [];
    if (host && port && Number(port) <= 65_535) return { host, port: Number(port) };
    context.addIssue({ code: "custom", message: "must be host:port or the path of a Unix socket" });
    return z.NEVER;
  })
  .optional();

export const attachmentVariables = {
  ATTACHMENTS_DIR: z.string().optional(),
  ATTACHMENT_LIMIT_BYTES: z.coerce.number().int().min(1_000).max(1_000_000_000).default(20_000_000),
  ...bucketVariables,
  CLAMD: socketAddress,
  CLAMD_REQUIRED: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
};

type Read = z.infer<z.ZodObject<typeof attachmentVariables>>;

/** @throws BadConfiguration */
export function attachmentsConfiguration(read: Read): AttachmentsConfiguration {
  const bucket = bucketAddress(read);
  const directory = read.ATTACHMENTS_DIR;
  return {
    storage: bucket ? { bucket } : directory ? { directory } : undefined,
    limitBytes: read.ATTACHMENT_LIMIT_BYTES,
    scanner: read.CLAMD && { address: read.CLAMD, required: read.CLAMD_REQUIRED === "on" },
  };
}
