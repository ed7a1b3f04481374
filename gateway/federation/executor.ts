import { ApolloGateway } from "@apollo/gateway";
import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import { type DocumentNode, GraphQLError, type GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { GatewayConfiguration } from "../configuration.ts";
import { allowForMutation } from "../subgraphs/scope.ts";
import type { Subgraphs } from "../subgraphs/subgraphs.ts";
import { subgraphDataSource } from "./data-source.ts";
import { holes } from "./holes.ts";
import type { GatewayContext } from "./journey.ts";
import { namedSubgraphs } from "./named-subgraphs.ts";
import { withoutRights } from "./rights.ts";
import { removeTypenames, type TypedDocument, withTypenames } from "./typenames.ts";

type GatewayInterface = ApolloServerOptionsWithGateway<BaseContext>["gateway"];
type Executor = NonNullable<Awaited<ReturnType<GatewayInterface["load"]>>["executor"]>;
type Result = Awaited<ReturnType<Executor>>;

/**
 * @apollo/gateway over a supergraph, with our sources and with partial truth: where an agency gave no answer the field is
 * null and has an error with its own path, in place of one error without any.
 */
export function federationExecutor(
  supergraphSdl: string,
  subgraphs: Subgraphs,
  configuration: GatewayConfiguration,
  log: Logger,
): GatewayInterface {
  // The library would report this machine to its vendor and ask cloud metadata services about it; it reads nothing else.
  process.env.APOLLO_TELEMETRY_DISABLED = "true";
  const loadable = withoutRights(supergraphSdl);
  if (loadable !== supergraphSdl) {
    log.warn(
      "The supergraph states rights (@authenticated, @requiresScopes, @policy): its subgraphs must enforce them",
    );
  }
  const apollo = new ApolloGateway({
    supergraphSdl: loadable,
    buildService: ({ name }) => subgraphDataSource(name),
    experimental_didResolveQueryPlan: ({ queryPlan, requestContext }) => {
      contextOf(requestContext).journey.plan = queryPlan;
    },
    __exposeQueryPlanExperimental: false,
    logger: {
      debug: log.debug.bind(log),
      info: log.debug.bind(log),
      warn: log.warn.bind(log),
      error: log.error.bind(log),
    },
  });
  const typed = new WeakMap<DocumentNode, TypedDocument>();

  function typedDocument(schema: GraphQLSchema, document: DocumentNode): TypedDocument {
    const found = typed.get(document) ?? withTypenames(schema, document);
    typed.set(document, found);
    return found;
  }

  return {
    async load(options) {
      subgraphs.adopt(namedSubgraphs(supergraphSdl));
      await apollo.load(options);
      const executor: Executor = async (request) => {
        if (request.operation.operation === "mutation") allowForMutation(contextOf(request).scope, configuration);
        const { document, added } = typedDocument(request.schema, request.document);
        const result = await apollo.executor({ ...request, document });
        const whole = withHoles(withCompletionErrors(result, log), contextOf(request), request.schema);
        if (added) removeTypenames(whole.data);
        return whole;
      };
      return { executor };
    },
    onSchemaLoadOrUpdate: (callback) => apollo.onSchemaLoadOrUpdate(callback),
    async stop() {
      await apollo.stop();
      await subgraphs.close();
    },
  };
}

/** In place of what the executor was told of unreachable agencies: one error for each hole. */
function withHoles(result: Result, { journey }: GatewayContext, schema: GraphQLSchema): Result {
  const others = (result.errors ?? []).filter((error) => !journey.thrown.has(error));
  if (others.length === (result.errors ?? []).length) return result;
  return { ...result, errors: [...others, ...holes(journey, result.data ?? null, schema)] };
}

/** A subgraph's data that breaks the schema are an error of the system, not a note beside the answer. */
function withCompletionErrors(result: Result, log: Logger): Result {
  const { valueCompletion, ...extensions } = result.extensions ?? {};
  if (!Array.isArray(valueCompletion)) return result;
  const faults = valueCompletion.filter((each) => each instanceof GraphQLError);
  for (const { message, path } of faults) log.error({ path }, `A subgraph's answer breaks the schema: ${message}`);
  const errors = faults.map(
    ({ message, path }) => new GraphQLError(message, { path, extensions: { code: "INTERNAL" } }),
  );
  return { data: result.data, errors, ...(Object.keys(extensions).length > 0 && { extensions }) };
}

/** The context that `graphql.ts` gave to this request. */
function contextOf(request: { context: unknown }): GatewayContext {
  return request.context as GatewayContext; // put there by `graphql.ts` for every request
}
