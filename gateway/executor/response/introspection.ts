import { executeSync, type FieldNode, Kind, OperationTypeNode, visit } from "graphql";
import { toUtf8 } from "../../utf8.ts";
import type { Variables } from "../compiled-operation.ts";
import { toJson } from "../json.ts";
import type { ResponseShape } from "../normalize/response-shape.ts";
import type { WriteValue } from "./writer-state.ts";

/** Writer of `__schema` or `__type`, executed on the API schema; a selection without variables is executed once. */
export function introspectionWriter(shape: ResponseShape, nodes: readonly FieldNode[]): WriteValue {
  let known: string | undefined;
  const isConstant = !usesVariables(shape, nodes);
  return (_, { variables }) => {
    if (known !== undefined) return known;
    const text = introspect(shape, nodes, variables);
    if (isConstant) known = text;
    return text;
  };
}

function introspect(
  { schema, operation, fragments }: ResponseShape,
  nodes: readonly FieldNode[],
  variables: Variables,
) {
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
  const { data, errors } = executeSync({ schema, document, variableValues: variables });
  const [first] = nodes;
  const name = first?.alias?.value ?? first?.name.value ?? "";
  if (!data || errors?.length) throw new Error(`Introspection failed: ${errors?.[0]?.message}`);
  return toUtf8(toJson(data[name]));
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
