import { Supergraph } from "@apollo/federation-internals";
import { Command } from "commander";
import { gatewayConfiguration } from "../gateway/configuration.ts";
import { documentId, hashOf } from "../gateway/pipeline/documents/document-id.ts";
import { BadManifest, readManifest, writeManifest } from "../gateway/pipeline/documents/trusted-documents.ts";
import { readSupergraph } from "../gateway/supergraph/supergraph-source.ts";
import { BadConfiguration } from "../subgraphs/_shared/serving/environment.ts";
import { candidatesOf } from "./trust/candidates.ts";
import { check } from "./trust/check-document.ts";

const command = new Command("npm run trust --")
  .description(
    "Registers documents as trusted: the gateway serves them by id, and with TRUSTED_DOCUMENTS=only nothing else. Each is held against the public schema and the limits first; if anything is wrong nothing is registered.",
  )
  .argument(
    "<file...>",
    "GraphQL documents, or JSON that a client's build writes: {sha256: document}, or Apollo's manifest",
  )
  .option("--manifest <file>", "where trusted documents are kept")
  .option("--config <file>", "configuration file of the gateway; the same as the variable CONFIG")
  .addHelpText(
    "after",
    `
Prints the id of each document; a client sends it in place of the text: {"documentId": "sha256:…"}, or as Apollo's
persistedQuery. The id is the SHA-256 of the exact text, so a client must send the id of what is in the file.
A running gateway takes the new documents within seconds. To withdraw one, delete its line from the manifest.

Exit code: 0 registered; 1 something is wrong, nothing was changed.
Environment, or the settings of the same meaning in the configuration file:
  TRUSTED_DOCUMENTS_FILE  the manifest, as the gateway has it; default trusted-documents.json in MOTCUA_DATA (.data)
  SUPERGRAPH              file or address of the supergraph that documents are held against
  MAX_…                   the limits, as the gateway has them`,
  );

async function main(): Promise<number> {
  const { manifest, config } = command.parse().opts<{ manifest?: string; config?: string }>();
  const configuration = gatewayConfiguration({ ...process.env, ...(config && { CONFIG: config }) });
  const path = manifest ?? configuration.trustedDocuments.file;
  const known = readManifest(path);
  const supergraph = Supergraph.build(await readSupergraph(configuration.supergraph), { supportedFeatures: null });
  const schema = supergraph.apiSchema().toGraphQLJSSchema();
  const offered = command.args.map(candidatesOf);
  const candidates = offered.flatMap((each) => each.candidates);
  const checked = candidates.map((each) => ({ ...each, ...check(each, schema, configuration.limits.document) }));
  const problems = [...offered, ...checked].flatMap((each) => each.problems);
  if (problems.length > 0) {
    console.error(`Nothing was registered:\n${problems.map((each) => `  ${each}`).join("\n")}`);
    return 1;
  }
  writeManifest(path, new Map([...known, ...candidates.map(({ text }) => [hashOf(text), text] as const)]));
  for (const { text, operations, source } of checked) {
    const note = known.has(hashOf(text)) ? " (was trusted before)" : "";
    console.log(`${documentId(hashOf(text))}  ${operations.join(", ")}  ${source}${note}`);
  }
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof BadConfiguration || error instanceof BadManifest ? error.message : error);
    process.exit(1);
  },
);
