import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  getVariableValues,
  type OperationDefinitionNode,
} from "graphql";
import type { Caller } from "../../subgraphs/_shared/caller.ts";
import { compile } from "../executor/compile.ts";
import type { Compiled, Variables } from "../executor/compiled.ts";
import type { Denials } from "../rights/denial.ts";
import { faulted } from "./refusals.ts";
import type { Version } from "./version.ts";

/** An operation of a client, parsed and valid, for one version of a supergraph. Shared by all its requests. */
export type Prepared = {
  operation: OperationDefinitionNode;
  version: Version;
  coerce(given: Readonly<Record<string, unknown>> | undefined): Coerced;
  decide(caller: Caller): Variant;
};

/** An operation as callers of the same rights may run it. */
export type Variant = {
  /** Tells variants of one operation apart. */
  key: string;
  /** The client's document without what is denied. */
  document: DocumentNode;
  /** Undefined until it is first run. */
  compiled: Compiled | undefined;
  /** Plans and compiles it. @throws Error for a fault of the planner. */
  compile(): Compiled;
};

export type Coerced = { variables: Variables; errors?: never } | { variables?: never; errors: readonly GraphQLError[] };

const MOST_VARIABLE_ERRORS = 50;
const NO_DENIALS: Denials = new Map();

export function preparedOperation(
  version: Version,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Prepared {
  const definitions = operation.variableDefinitions ?? [];
  const variant = variantOf("", document, NO_DENIALS);

  function variantOf(key: string, narrowed: DocumentNode, denials: Denials): Variant {
    const variant: Variant = {
      key,
      document: narrowed,
      compiled: undefined,
      compile() {
        variant.compiled ??= compile({
          schema: version.schema,
          types: version.types,
          shown: { operation, fragments },
          plan: version.plan(narrowed, operation.name?.value),
          denials,
        });
        return variant.compiled;
      },
    };
    return variant;
  }

  return {
    operation,
    version,
    coerce(given = {}) {
      const { coerced, errors } = getVariableValues(version.schema, definitions, given, {
        maxErrors: MOST_VARIABLE_ERRORS,
      });
      if (coerced) return { variables: coerced };
      return { errors: (errors ?? []).map((each) => faulted(each, "BAD_USER_INPUT")) };
    },
    decide: () => variant,
  };
}
