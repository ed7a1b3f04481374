import { join } from "node:path";
import * as z from "zod";
import { dataDirectory } from "../../../subgraphs/_shared/identity/keys.ts";

/** Policy for documents that are not in the manifest: serve them, serve and log them, or refuse them. */
export type TrustedDocuments = { mode: "off" | "log" | "only"; file: string };

export const documentVariables = {
  TRUSTED_DOCUMENTS: z.enum(["off", "log", "only"], { error: "must be off, log or only" }).default("off"),
  TRUSTED_DOCUMENTS_FILE: z.string().optional(),
};

type Read = { TRUSTED_DOCUMENTS: TrustedDocuments["mode"]; TRUSTED_DOCUMENTS_FILE?: string | undefined };

export function trustedDocuments(read: Read, environment: NodeJS.ProcessEnv): TrustedDocuments {
  return { mode: read.TRUSTED_DOCUMENTS, file: read.TRUSTED_DOCUMENTS_FILE ?? trustedDocumentsFile(environment) };
}

/** Path of the manifest: TRUSTED_DOCUMENTS_FILE, or a file in the data directory. */
export function trustedDocumentsFile(environment: NodeJS.ProcessEnv): string {
  return environment.TRUSTED_DOCUMENTS_FILE || join(dataDirectory(environment), "trusted-documents.json");
}
