import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { subgraph } from "../../agency-registry.ts";
import { keepAccessPartitions } from "../access-log/partitions.ts";
import { accessRecorder } from "../access-log/recorder.ts";
import { demoState, noDemo } from "../demo/state.ts";
import { READS_HEADER } from "../identity/call-headers.ts";
import type { Caller } from "../identity/caller.ts";
import { IDENTITY_HEADER, identityVerifier } from "../identity/identity.ts";
import { buildVersion } from "./build-version.ts";
import type { SubgraphConfiguration } from "./configuration.ts";
import type { Context } from "./context.ts";
import { migrateDatabase, type OpenDatabase, openDatabase } from "./database.ts";
import { deadlineOf } from "./deadline.ts";
import { BodyTooLarge, closeServer, listen, readBody, sendGraphqlError, sendJson } from "./http.ts";
import { partLog } from "./log.ts";
import { graphqlRequests } from "./requests.ts";
import { graphqlStreams, wantsEvents } from "./streams.ts";
import { buildSubgraph, type SubgraphDefinition } from "./subgraph.ts";
import { parseTraceparent } from "./traceparent.ts";

const BODY_LIMIT = 1_000_000;
const PARTITION_CHECK_MS = 12 * 3_600_000;
/** The demo's SLOW agency: past the check budget and short of the delivery deadline. */
const SLOW_MS = 1_500;
const TOO_LATE = "The time for this request was over before it was begun; nothing was done";

export type RunningSubgraph = { port: number; schema: GraphQLSchema; close(): Promise<void> };

/**
 * Serves one agency: live at once, ready when its migrations are applied and its database answers. Requests without a
 * valid signed identity are refused before the database is touched.
 */
export async function serveSubgraph<L>(
  definition: SubgraphDefinition<L>,
  configuration: SubgraphConfiguration,
): Promise<RunningSubgraph> {
  const { name, keys } = configuration;
  const log = partLog(name, configuration.logLevel);
  const demo = configuration.demoDirectory ? demoState(configuration.demoDirectory) : noDemo;
  const agency = subgraph(name).agency;
  const verify = identityVerifier(keys, name);
  const clock = () => new Date(Date.now() + demo.clockOffsetMs());
  const database = openDatabase(configuration.databaseUrl, { ...configuration, pool: configuration.pool });
  const { schema } = await buildSubgraph(definition);
  const handle = graphqlRequests(schema, log);
  const streams = graphqlStreams(schema, log);
  let prepared = false;

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error({ err: error }, "fault");
      if (!response.headersSent)
        sendGraphqlError(response, 500, "INTERNAL", "The agency failed; the fault is logged", "-");
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const deadline = deadlineOf(request.headers, performance.now());
    if (request.url === "/health" || request.url === "/health/live") {
      return sendJson(response, 200, { status: "live", part: name, ...buildVersion });
    }
    if (request.url === "/version") return sendJson(response, 200, { part: name, ...buildVersion });
    const mood = demo.mood(agency);
    if (request.url === "/health/ready") return ready(response, mood === "DOWN");
    if (request.url !== "/graphql")
      return sendJson(response, 404, { error: "Only /graphql, /health and /version are here" });
    if (mood === "DOWN") return void request.socket.destroy();
    if (mood === "SLOW") await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    let body: Buffer;
    try {
      body = await readBody(request, BODY_LIMIT);
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) throw error;
      return sendGraphqlError(response, 413, "BAD_USER_INPUT", `The body exceeds ${BODY_LIMIT} bytes`, "-");
    }
    const header = request.headers[IDENTITY_HEADER];
    const caller = verify(typeof header === "string" ? header : undefined, body, Date.now());
    if (typeof caller === "string") {
      log.warn({ fault: caller }, "identity refused");
      return sendGraphqlError(response, 401, "UNAUTHENTICATED", `The signed identity was refused: ${caller}`, "-");
    }
    const started = performance.now();
    if (deadline !== undefined && started >= deadline) {
      log.info({ requestId: caller.requestId, role: caller.role, outcome: "too late" });
      return sendGraphqlError(response, 504, "UNAVAILABLE", TOO_LATE, caller.requestId);
    }
    if (wantsEvents(request)) {
      const lastEventId = [request.headers["last-event-id"]].flat()[0];
      log.info({ requestId: caller.requestId, role: caller.role, outcome: "stream begins" });
      return streams.serve(response, body.toString(), (signal) =>
        contextFor(caller, undefined, { signal, lastEventId }),
      );
    }
    const context = contextFor(caller, deadline);
    const [text, init] = await handle({
      method: request.method ?? "POST",
      url: request.url,
      headers: request.headers,
      body: body.toString(),
      raw: request,
      context,
    });
    log.info({
      requestId: caller.requestId,
      role: caller.role,
      ms: Math.round(performance.now() - started),
      status: init.status,
      traceId: parseTraceparent(request.headers.traceparent)?.traceId,
    });
    if (mood === "LOSES_ANSWERS") return void request.socket.destroy();
    const headers = init.headers as Record<string, string>; // graphql-http's own
    if (context.access.isIdle()) headers[READS_HEADER] = "none";
    response.writeHead(init.status, init.statusText, headers).end(text);
  }

  async function ready(response: ServerResponse, down: boolean): Promise<void> {
    const reason = down
      ? "down by the demo's choice"
      : prepared
        ? await silence(database)
        : "the database is being prepared";
    sendJson(response, reason ? 503 : 200, reason ? { status: "not ready", reason } : { status: "ready", part: name });
  }

  function contextFor(caller: Caller, deadline: number | undefined, stream?: Context["stream"]): Context<L> {
    const base: Omit<Context<L>, "loaders"> = {
      caller,
      db: database.db,
      database,
      now: clock(),
      access: accessRecorder(database.relaxed, caller),
      log,
      procedures: { handlers: definition.procedures, officer: configuration.officerProcedures },
      mood: demo.mood(agency),
      deadline,
      stream,
    };
    return { ...base, loaders: definition.loaders(base) };
  }

  const port = await listen(server, configuration.port, configuration.host);
  const prepare = { demo: configuration.demoDirectory !== undefined, now: clock() };
  await migrateDatabase(configuration.databaseUrl, name, (db) => definition.prepare(db, prepare));
  await keepAccessPartitions(database.sql, configuration.accessRetentionMonths);
  const partitions = setInterval(() => void tidy(database, configuration, log), PARTITION_CHECK_MS);
  const background = definition.background?.({ database, now: clock });
  prepared = true;
  log.info({ port }, "ready");
  return {
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

async function tidy(database: OpenDatabase, configuration: SubgraphConfiguration, log: Logger): Promise<void> {
  try {
    await keepAccessPartitions(database.sql, configuration.accessRetentionMonths);
  } catch (error) {
    log.error({ err: error }, "The access log's partitions could not be kept; the next try is in twelve hours");
  }
}

/** Why the database does not answer, or undefined if it does. */
async function silence(database: OpenDatabase): Promise<string | undefined> {
  try {
    await database.ping();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
