import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { resolve } from "node:path";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { dataDirectory } from "../../subgraphs/_shared/identity/keys.ts";
import { type OpenDatabase, openDatabase } from "../../subgraphs/_shared/serving/database.ts";
import { type FileFormat, formatOf } from "../../subgraphs/_shared/transfer/read-records.ts";
import type { TransferKind } from "../../subgraphs/_shared/transfer/transfer-kind.ts";
import { isSubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { loadDefinition } from "../../subgraphs/load-definition.ts";
import { runningDatabase } from "../supervisor/running-database.ts";

/** A problem that the operator has to solve; exit code 2. */
export class Unusable extends Error {}

const STATEMENT_TIMEOUT_MS = 120_000;

export type Transferring = {
  database: OpenDatabase;
  kinds: readonly TransferKind[];
  format: FileFormat;
  /** The person who runs the command, for the access log. */
  caller: Caller;
};

/** Opens the register of an agency, and finds the format of a file and the kinds of records. @throws Unusable, BadConfiguration */
export async function openTransfer(
  agency: string,
  file: string,
  { only, environment }: { only: string | undefined; environment: NodeJS.ProcessEnv },
): Promise<Transferring> {
  if (!isSubgraphName(agency))
    throw new Unusable(`There is no agency ${agency}; agencies are ${subgraphs.map(({ name }) => name).join(", ")}`);
  const format = formatOf(file);
  if (!format) throw new Unusable(`${file} must end with .csv, .jsonl or .ndjson, which says its format`);
  const { transfers = [] } = await loadDefinition(agency);
  const kinds = only === undefined ? transfers : transfers.filter(({ name }) => name === only.toUpperCase());
  if (kinds.length === 0)
    throw new Unusable(`${agency} has records of the kinds ${transfers.map(({ name }) => name).join(", ") || "none"}`);
  const url = environment.DATABASE_URL ?? runningDatabase(resolve(dataDirectory(environment)), agency);
  const database = openDatabase(url, { name: "transfer", pool: 2, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  return { database, kinds, format, caller: operator() };
}

function operator(): Caller {
  return { subject: `operator:${userInfo().username}`, role: "service", permissions: [], requestId: randomUUID() };
}
