import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLTypeResolver,
} from "graphql";
import type { Blocked } from "./blocked.ts";
import { change, fieldValue, neededBy, rootThing, type Thing, type World } from "./truth.ts";

export type Asked = { document: DocumentNode; operationName?: string | undefined; variables: Record<string, unknown> };

/** What graphql-js answers from one merged schema over the data; some fields may be blocked, as if nobody could tell. */
export function mergedAnswer(world: World, asked: Asked, blocked?: Blocked): ExecutionResult {
  const { api } = world.federation;
  const fieldResolver: GraphQLFieldResolver<Thing | undefined, World> = (source, args, _, info) => {
    const type = info.parentType.name;
    if (blocked?.field(info, args)) throw new Error("nobody can tell");
    if (info.operation.operation === "mutation" && info.path.prev === undefined) {
      return fieldValue(world, change(world, info.fieldName, args), type, info.fieldName, args);
    }
    const thing = source ?? rootThing(type);
    return fieldValue(world, thing, type, info.fieldName, args, neededBy(world, thing, type, info.fieldName));
  };
  const typeResolver: GraphQLTypeResolver<Thing, World> = (thing, _, info) => {
    if (blocked?.typename(info, thing.__typename)) throw new Error("nobody can tell its type");
    return thing.__typename;
  };
  const { document, operationName, variables } = asked;
  const result = execute({
    schema: api,
    document,
    operationName: operationName ?? null,
    variableValues: variables,
    fieldResolver,
    typeResolver,
  });
  if (result instanceof Promise) throw new Error("nothing here waits");
  return result as ExecutionResult; // no promise, as was just seen
}
