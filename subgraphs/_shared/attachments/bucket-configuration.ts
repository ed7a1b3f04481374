import * as z from "zod";
import { BadConfiguration } from "../serving/environment.ts";

/** Address of a bucket in path style, such as https://s3.example/attachments, with its access keys. */
export type BucketAddress = { url: string; region: string; accessKeyId: string; secretAccessKey: string };

/** Variables of the attachment store. Gateway and desk read the same ones. */
export const bucketVariables = {
  ATTACHMENTS_S3_URL: z
    .url({
      protocol: /^https?$/,
      error: "must be the http(s) address of a bucket, such as https://s3.example/attachments",
    })
    .optional(),
  ATTACHMENTS_S3_REGION: z.string().default("auto"),
  ATTACHMENTS_S3_ACCESS_KEY_ID: z.string().optional(),
  ATTACHMENTS_S3_SECRET_ACCESS_KEY: z.string().optional(),
};

type Read = z.infer<z.ZodObject<typeof bucketVariables>>;

/** @throws BadConfiguration if the keys are missing */
export function bucketAddress(read: Read): BucketAddress | undefined {
  const url = read.ATTACHMENTS_S3_URL;
  if (!url) return undefined;
  const { ATTACHMENTS_S3_ACCESS_KEY_ID: accessKeyId, ATTACHMENTS_S3_SECRET_ACCESS_KEY: secretAccessKey } = read;
  if (!accessKeyId || !secretAccessKey) {
    throw new BadConfiguration(
      "  ATTACHMENTS_S3_URL: needs ATTACHMENTS_S3_ACCESS_KEY_ID and ATTACHMENTS_S3_SECRET_ACCESS_KEY",
    );
  }
  return { url, region: read.ATTACHMENTS_S3_REGION, accessKeyId, secretAccessKey };
}
