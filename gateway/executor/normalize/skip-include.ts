import { type DirectiveNode, Kind, type SelectionNode, visit } from "graphql";
import type { Variables } from "../compiled-operation.ts";
import type { ClientOperation } from "./client-operation.ts";

/** True if @skip and @include keep a selection. */
export type IsIncluded = (selection: SelectionNode) => boolean;

/** Variables in the conditions of @skip and @include, in document order. */
export function conditionVariables({ operation, fragments }: ClientOperation): string[] {
  const names = new Set<string>();
  for (const node of [operation, ...fragments.values()]) {
    visit(node, {
      Directive(directive) {
        const value = conditionOf(directive);
        if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names];
}

export function inclusionFor(variables: Variables): IsIncluded {
  return ({ directives }) => {
    if (!directives) return true;
    for (const directive of directives) {
      const value = conditionOf(directive);
      if (!value) continue;
      const condition = value.kind === Kind.VARIABLE ? variables[value.name.value] === true : isTrue(value);
      if (condition === (directive.name.value === "skip")) return false;
    }
    return true;
  };
}

function conditionOf(directive: DirectiveNode) {
  if (directive.name.value !== "skip" && directive.name.value !== "include") return undefined;
  return directive.arguments?.find((each) => each.name.value === "if")?.value;
}

function isTrue(value: { kind: string }): boolean {
  return value.kind === Kind.BOOLEAN && "value" in value && value.value === true;
}
