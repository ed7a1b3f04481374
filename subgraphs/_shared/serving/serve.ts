import { createServer } from "node:http";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { keepAccessPartitions } from "../access-log/partitions.ts";
import { accessRecorder } from "../access-log/recorder.ts";
import { bearerCallers } from "../identity/bearer-callers.ts";
import { type IdentityKeys, identityReader, identityVerifier } from "../identity/identity.ts";
import { agencyMetrics } from "../metrics/agency-metrics.ts";
import { serveMetrics } from "../metrics/metrics-endpoint.ts";
import { startDailySweep } from "../reminders/daily-sweep.ts";
import { type SubgraphConfiguration, subgraphConfiguration } from "./configuration.ts";
import type { Context } from "./context.ts";
import { type OpenDatabase, openDatabase } from "./database.ts";
import { closeServer, listen } from "./http.ts";
import { partLog } from "./log.ts";
import { prepareDatabase } from "./preparation.ts";
import { type Listening, requestListener, type Verify } from "./request-listener.ts";
import type { ServingMode } from "./serving-mode.ts";
import { openSharedNonces, type SharedNonces } from "./shared-nonces.ts";
import { graphqlStreams } from "./streams.ts";
import { buildSubgraph, type SubgraphDefinition } from "./subgraph.ts";

const PARTITION_CHECK_MS = 12 * 3_600_000;

export type RunningSubgraph = {
  name: string;
  port: number;
  metricsPort: number | undefined;
  schema: GraphQLSchema;
  close(): Promise<void>;
};

/** Serves an agency with the configuration of its environment, whose variables follow from the definition's name. */
export function serveAgency<L>(
  definition: SubgraphDefinition<L>,
  environment: NodeJS.ProcessEnv,
  mode: ServingMode,
): Promise<RunningSubgraph> {
  return serveSubgraph(definition, subgraphConfiguration(definition.name, environment), mode);
}

/** Serves an agency. It is live at once, and ready when its database is prepared and responds. */
export async function serveSubgraph<L>(
  definition: SubgraphDefinition<L>,
  configuration: SubgraphConfiguration,
  mode: ServingMode,
): Promise<RunningSubgraph> {
  const { name, keys, databaseUrl, accessRetentionMonths } = configuration;
  const log = partLog(name, configuration.logLevel);
  const database = openDatabase(databaseUrl, configuration);
  const schema = await schemaOf(definition);
  const streams = graphqlStreams(schema, log, mode);
  let prepared = false;
  const unreadiness = async () => (prepared ? databaseError(database) : "the database is being prepared");
  const metrics = agencyMetrics(database, configuration.pool, streams.size);
  const newContext = contextOf(definition, { database, configuration, mode, log });
  const nonces = configuration.nonces === "database" ? openSharedNonces(database.relaxed, log) : undefined;
  const listening: Listening = {
    ...{ name, schema, streams, metrics, mode, log, newContext, unreadiness, endpoints: definition.endpoints ?? {} },
    bearer: configuration.bearers && bearerCallers(configuration.bearers),
    verify: nonces ? sharedVerifier(keys, name, nonces) : identityVerifier(keys, name),
  };
  const server = createServer(requestListener(listening));
  const port = await listen(server, configuration.port, configuration.host);
  const metricsServer = configuration.metrics && (await serveMetrics(metrics, configuration.metrics));
  await prepareDatabase(databaseUrl, definition, { seeds: mode.seeds, now: mode.now(), accessRetentionMonths });
  const partitions = setInterval(() => void tidy(database, configuration, log), PARTITION_CHECK_MS);
  const running = { database, now: mode.now, log, metrics: metrics.registry };
  const background = definition.background?.(running);
  const sweep = definition.expirySource && startDailySweep(definition.expirySource, running);
  prepared = true;
  const metricsPort = metricsServer?.port;
  log.info({ port, metricsPort }, "ready");
  return {
    ...{ name, port, metricsPort, schema },
    async close() {
      clearInterval(partitions);
      nonces?.close();
      streams.close();
      await closeServer(server);
      await metricsServer?.close();
      await background?.stop();
      await sweep?.stop();
      await database.close();
    },
  };
}

const schemas = new WeakMap<object, Promise<GraphQLSchema>>();

/** Schema of a definition. A process that serves an agency many times, as the tests do, builds it once. */
function schemaOf<L>(definition: SubgraphDefinition<L>): Promise<GraphQLSchema> {
  const schema = schemas.get(definition.resolvers) ?? buildSubgraph(definition).then((built) => built.schema);
  schemas.set(definition.resolvers, schema);
  return schema;
}

/** Verifies identities with the nonces of all processes that serve the agency. Only a valid identity reaches the database. */
function sharedVerifier(keys: IdentityKeys, name: string, nonces: SharedNonces): Verify {
  const read = identityReader(keys, name);
  return async (header, body, now) => {
    const identity = read(header, body, now);
    if (typeof identity === "string") return identity;
    return (await nonces.accept(identity)) ? identity.caller : "REPLAYED";
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
      heldPapers: definition.heldPapers ?? {},
      expirySource: definition.expirySource,
      mode,
      deadline,
      stream,
      unavailable: new Map(),
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

/** Error of the database if it does not respond; undefined if it does. */
async function databaseError(database: OpenDatabase): Promise<string | undefined> {
  try {
    await database.ping();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
