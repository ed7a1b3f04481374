import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLTypeResolver,
  parse,
  validate,
} from "graphql";
import { parseSubgraphResponse } from "../../../gateway/subgraph-client/parse-response.ts";
import { SubgraphFailure } from "../../../gateway/subgraph-client/subgraph-failure.ts";
import type { Subgraph, SubgraphResponse } from "../../../gateway/subgraph-client/subgraph-request.ts";
import { fromUtf8, toUtf8 } from "../../../gateway/utf8.ts";
import { sendingBy } from "../../gateway/kit/promised-subgraph.ts";
import { type FaultMode, faultyAnswer } from "./fault-modes.ts";
import type { Federation } from "./federation.ts";
import type { SubgraphRules } from "./federation-rules.ts";
import { hasAllFields, sentFieldSet } from "./field-sets.ts";
import {
  applyMutation,
  type DataObject,
  entitiesOf,
  fieldSetValue,
  fieldValue,
  isA,
  rootObject,
  type TestData,
} from "./generated-data.ts";
import type { ReferenceContext } from "./subgraph-schema.ts";

/** Data and fault modes of the subgraphs, set before each operation. */
export type SubgraphSetup = {
  world: TestData;
  faultModes: ReadonlyMap<string, FaultMode>;
  /** Every call, for the report of a failure. */
  calls: { name: string; query: string; variables: string; answer: string }[];
};

/** Setup without faults. */
export function faultlessSetup(federation: Federation): SubgraphSetup {
  return {
    world: { federation, salt: "", noise: { nulls: 0, errors: 0 }, changes: [] },
    faultModes: new Map(),
    calls: [],
  };
}

/** Start of the error message for a query that is invalid for the subgraph. */
export const INVALID_QUERY = "INVALID QUERY";

type Context = ReferenceContext & { world: TestData };

/** Federation subgraph without a network: graphql-js over its own schema and the generated data. */
export function inProcessSubgraph(part: SubgraphRules, setup: () => SubgraphSetup): Subgraph {
  const parsed = new Map<string, { document: DocumentNode; errors: readonly GraphQLError[] }>();

  function read(query: string) {
    const found = parsed.get(query);
    if (found) return found;
    const document = parse(query, { noLocation: true });
    const read = { document, errors: validate(part.schema, document) };
    if (parsed.size > 2_000) parsed.clear();
    parsed.set(query, read);
    return read;
  }

  async function answer(
    query: string,
    variables: string,
    { world, faultModes }: SubgraphSetup,
  ): Promise<SubgraphResponse> {
    const faultMode = faultModes.get(part.name) ?? { kind: "healthy" };
    if (faultMode.kind === "unreachable") throw new SubgraphFailure("it refuses connections", "disconnected");
    if (faultMode.kind === "null-data") return { data: null, errors: [{ message: "something went wrong" }] };
    if (faultMode.kind === "errors-only")
      return { errors: [{ message: "it is overloaded", extensions: { code: "DATABASE" } }] };
    const { document, errors } = read(query);
    if (errors.length > 0) return { errors: errors.map((each) => ({ message: `${INVALID_QUERY}: ${each.message}` })) };
    const result = await execute({
      schema: part.schema,
      document,
      variableValues: JSON.parse(variables),
      contextValue: { world, entity: (representation) => entityOf(part, world, representation) } satisfies Context,
      fieldResolver: resolverOf(part),
      typeResolver,
    });
    return faultyAnswer(faultMode, part, document, JSON.parse(JSON.stringify(result)) as ExecutionResult);
  }

  return {
    name: part.name,
    agency: part.name.toUpperCase(),
    url: `http://${part.name}.example/graphql`,
    send: sendingBy(async ({ query, variables }) => {
      const now = setup();
      const call = { name: part.name, query, variables: fromUtf8(variables), answer: "unreachable" };
      now.calls.push(call);
      call.answer = JSON.stringify(await answer(query, call.variables, now));
      const given = parseSubgraphResponse(toUtf8(call.answer)); // as over a wire
      if (!given) throw new Error(`${part.name} answers what is not GraphQL: ${call.answer}`);
      return given;
    }),
    close: async () => {},
  };
}

const typeResolver: GraphQLTypeResolver<DataObject, Context> = (thing) => thing.__typename;

function resolverOf(part: SubgraphRules): GraphQLFieldResolver<DataObject | undefined, Context> {
  return (source, args, { world }, info) => {
    const type = info.parentType.name;
    const field = info.fieldName;
    const coordinate = `${type}.${field}`;
    if (part.notResolvable.has(coordinate)) throw new Error(`${part.name} must not be asked for ${coordinate}`);
    if (info.operation.operation === "mutation" && info.path.prev === undefined) {
      return fieldValue(world, applyMutation(world, field, args), type, field, args);
    }
    const thing = source ?? rootObject(type);
    const set = part.requires.get(coordinate);
    const isType = (typename: string, name: string) => isA(world.federation.full, typename, name);
    const needed = set ? JSON.stringify(sentFieldSet(thing.sent, set, isType)) : "";
    return fieldValue(world, thing, type, field, args, needed);
  };
}

/** Finds the entity that a representation names by one of the keys of this subgraph. */
function entityOf(part: SubgraphRules, world: TestData, representation: Record<string, unknown>): DataObject {
  const { full } = world.federation;
  const typename = String(representation.__typename);
  const keys = (part.resolvableKeys.get(typename) ?? []).filter((set) => hasAllFields(representation, set));
  for (const type of concreteTypes(world, typename)) {
    for (const thing of entitiesOf(type)) {
      const isMeant = keys.some((set) => {
        const sent = sentFieldSet(representation, set, (narrow, wide) => isA(full, narrow, wide));
        return JSON.stringify(sent) === JSON.stringify(fieldSetValue(world, thing, set));
      });
      if (!isMeant) continue;
      const known = part.interfaceObjects.has(typename) ? typename : thing.__typename;
      return { ...thing, __typename: known, sent: representation };
    }
  }
  throw new Error(`${part.name} knows no ${JSON.stringify(representation)}`);
}

function concreteTypes(world: TestData, typename: string): string[] {
  const { full, rules } = world.federation;
  return [...rules.entities].filter((each) => !("getTypes" in (full.getType(each) ?? {})) && isA(full, each, typename));
}
