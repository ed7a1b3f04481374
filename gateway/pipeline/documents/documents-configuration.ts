import { join } from "node:path";
import * as z from "zod";
import { dataDirectory } from "../../../subgraphs/_shared/identity/keys.ts";

/** Which documents the gateway serves: any, any but with a note in the log, or none but those of the file. */
export type TrustedDocuments = { mode: "off" | "log" | "only"; file: string };

export const documentVariables = {
  TRUSTED_DOCUMENTS: z.enum(["off", "log", "only"], { error: "must be off, log or only" }).default("off"),
  TRUSTED_DOCUMENTS_FILE: z.string().optional(),
};

type Read = { TRUSTED_DOCUMENTS: TrustedDocuments["mode"]; TRUSTED_DOCUMENTS_FILE?: string | undefined };

export function trustedDocuments(read: Read, environment: NodeJS.ProcessEnv): TrustedDocuments {
  return { mode: read.TRUSTED_DOCUMENTS, file: read.TRUSTED_DOCUMENTS_FILE ?? trustedDocumentsFile(environment) };
}

/** Where the manifest is kept: TRUSTED_DOCUMENTS_FILE, or in the data directory. */
export function trustedDocumentsFile(environment: NodeJS.ProcessEnv): string {
  return environment.TRUSTED_DOCUMENTS_FILE || join(dataDirectory(environment), "trusted-documents.json");
}
