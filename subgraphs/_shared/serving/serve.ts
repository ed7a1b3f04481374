import { createServer } from "node:http";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { keepAccessPartitions } from "../access-log/partitions.ts";
import { accessRecorder } from "../access-log/recorder.ts";
import { identityVerifier } from "../identity/identity.ts";
import { type SubgraphConfiguration, subgraphConfiguration } from "./configuration.ts";
import type { Context } from "./context.ts";
import { type OpenDatabase, openDatabase } from "./database.ts";
import { closeServer, listen } from "./http.ts";
import { partLog } from "./log.ts";
import { prepareDatabase } from "./preparation.ts";
import { type Listening, requestListener } from "./request-listener.ts";
import type { ServingMode } from "./serving-mode.ts";
import { graphqlStreams } from "./streams.ts";
import { buildSubgraph, type SubgraphDefinition } from "./subgraph.ts";

const PARTITION_CHECK_MS = 12 * 3_600_000;

export type RunningSubgraph = { name: string; port: number; schema: GraphQLSchema; close(): Promise<void> };

/** Serves an agency as its environment says. The configuration follows from the definition's own name. */
export function serveAgency<L>(
  definition: SubgraphDefinition<L>,
  environment: NodeJS.ProcessEnv,
  mode: ServingMode,
): Promise<RunningSubgraph> {
  return serveSubgraph(definition, subgraphConfiguration(definition.name, environment), mode);
}

/** Serves an agency: live at once, ready when its database is prepared and answers. */
export async function serveSubgraph<L>(
  definition: SubgraphDefinition<L>,
  configuration: SubgraphConfiguration,
  mode: ServingMode,
): Promise<RunningSubgraph> {
  const { name, keys, databaseUrl, accessRetentionMonths } = configuration;
  const log = partLog(name, configuration.logLevel);
  const database = openDatabase(databaseUrl, configuration);
  const { schema } = await buildSubgraph(definition);
  const streams = graphqlStreams(schema, log, mode);
  let prepared = false;
  const unreadiness = async () => (prepared ? silence(database) : "the database is being prepared");
  const newContext = contextOf(definition, { database, configuration, mode, log });
  const listening: Listening = {
    ...{ name, schema, streams, mode, log, newContext, unreadiness },
    verify: identityVerifier(keys, name),
  };
  const server = createServer(requestListener(listening));
  const port = await listen(server, configuration.port, configuration.host);
  await prepareDatabase(databaseUrl, definition, { seeds: mode.seeds, now: mode.now(), accessRetentionMonths });
  const partitions = setInterval(() => void tidy(database, configuration, log), PARTITION_CHECK_MS);
  const background = definition.background?.({ database, now: mode.now });
  prepared = true;
  log.info({ port }, "ready");
  return {
    name,
    port,
    schema,
    async close() {
      clearInterval(partitions);
      streams.close();
      await closeServer(server);
      await background?.stop();
      await database.close();
    },
  };
}

type Serving = { database: OpenDatabase; configuration: SubgraphConfiguration; mode: ServingMode; log: Logger };

function contextOf<L>(definition: SubgraphDefinition<L>, { database, configuration, mode, log }: Serving) {
  const procedures = { handlers: definition.procedures, officer: configuration.officerProcedures };
  return (...[caller, deadline, stream]: Parameters<Listening["newContext"]>): Context<L> => {
    const base: Omit<Context<L>, "loaders"> = {
      caller,
      db: database.db,
      database,
      now: mode.now(),
      access: accessRecorder(database.relaxed, caller),
      log,
      procedures,
      mode,
      deadline,
      stream,
    };
    return { ...base, loaders: definition.loaders(base) };
  };
}

async function tidy(database: OpenDatabase, configuration: SubgraphConfiguration, log: Logger): Promise<void> {
  try {
    await keepAccessPartitions(database.sql, configuration.accessRetentionMonths);
  } catch (error) {
    log.error({ err: error }, "The partitions of the access log were not renewed; the next try is in twelve hours");
  }
}

/** Reason for which the database does not answer; undefined if it does. */
async function silence(database: OpenDatabase): Promise<string | undefined> {
  try {
    await database.ping();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
