import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLTypeResolver,
} from "graphql";
import {
  applyMutation,
  type DataObject,
  fieldValue,
  requiredValues,
  rootObject,
  type TestData,
} from "./generated-data.ts";
import type { UnavailableFields } from "./unavailable-fields.ts";

export type OperationRequest = {
  document: DocumentNode;
  operationName?: string | undefined;
  variables: Record<string, unknown>;
};

/** Executes an operation with graphql-js over one merged schema and the generated data; unavailable fields fail. */
export function executeMerged(
  world: TestData,
  request: OperationRequest,
  unavailable?: UnavailableFields,
): ExecutionResult {
  const { api } = world.federation;
  const fieldResolver: GraphQLFieldResolver<DataObject | undefined, TestData> = (source, args, _, info) => {
    const type = info.parentType.name;
    if (unavailable?.field(info, args)) throw new Error("unavailable");
    if (info.operation.operation === "mutation" && info.path.prev === undefined) {
      return fieldValue(world, applyMutation(world, info.fieldName, args), type, info.fieldName, args);
    }
    const thing = source ?? rootObject(type);
    return fieldValue(world, thing, type, info.fieldName, args, requiredValues(world, thing, type, info.fieldName));
  };
  const typeResolver: GraphQLTypeResolver<DataObject, TestData> = (thing, _, info) => {
    if (unavailable?.typename(info, thing.__typename)) throw new Error("type unavailable");
    return thing.__typename;
  };
  const { document, operationName, variables } = request;
  const result = execute({
    schema: api,
    document,
    operationName: operationName ?? null,
    variableValues: variables,
    fieldResolver,
    typeResolver,
  });
  if (result instanceof Promise) throw new Error("resolvers must be synchronous");
  return result as ExecutionResult; // not a promise, as checked above
}
