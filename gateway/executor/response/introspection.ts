import { executeSync, type FieldNode, GraphQLError, Kind, OperationTypeNode, visit } from "graphql";
import { toUtf8 } from "../../utf8.ts";
import type { Variables } from "../compiled-operation.ts";
import { toJson } from "../json.ts";
import type { ResponseShape } from "../normalize/response-shape.ts";
import { type LocatedError, responsePath, type WriteValue } from "./writer-state.ts";

/** Value of an introspection field. `text` is undefined if it is a null that its type forbids. */
type Introspected = { text: string | undefined; errors: readonly LocatedError[] };

/**
 * Writer of `__schema` or `__type`, executed on the API schema; a selection without variables is executed once. An error costs its
 * own field only, not the other data.
 */
export function introspectionWriter(shape: ResponseShape, nodes: readonly FieldNode[], depth: number): WriteValue {
  let known: Introspected | undefined;
  const isConstant = !usesVariables(shape, nodes);
  return (_, state) => {
    const introspected = known ?? introspect(shape, nodes, state.variables);
    if (isConstant) known = introspected;
    const parent = responsePath(state, depth - 1);
    for (const error of introspected.errors) state.locatedErrors.push({ ...error, path: [...parent, ...error.path] });
    return introspected.text;
  };
}

function introspect(
  { schema, operation, fragments }: ResponseShape,
  nodes: readonly FieldNode[],
  variables: Variables,
): Introspected {
  const document = {
    kind: Kind.DOCUMENT as const,
    definitions: [
      {
        ...operation,
        operation: OperationTypeNode.QUERY,
        directives: [],
        selectionSet: { kind: Kind.SELECTION_SET as const, selections: nodes },
      },
      ...fragments.values(),
    ],
  };
  const { data, errors = [] } = executeSync({ schema, document, variableValues: variables });
  const [first] = nodes;
  const name = first?.alias?.value ?? first?.name.value ?? "";
  return {
    text: data ? toUtf8(toJson(data[name])) : undefined,
    errors: errors.map(({ message, path = [name], originalError }) =>
      originalError && !(originalError instanceof GraphQLError)
        ? { message: `Introspection failed: ${message}`, path, extensions: { code: "INTERNAL" } }
        : { message, path, extensions: { code: "BAD_USER_INPUT" } },
    ),
  };
}

function usesVariables({ fragments }: ResponseShape, nodes: readonly FieldNode[]): boolean {
  let found = false;
  const visited = new Set<string>();
  const search = (node: Parameters<typeof visit>[0]) => {
    visit(node, {
      Variable() {
        found = true;
      },
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || visited.has(name.value)) return;
        visited.add(name.value);
        search(fragment);
      },
    });
  };
  nodes.forEach(search);
  return found;
}
