import { createHash } from "node:crypto";
import { type DocumentNode, Kind, print, type SelectionNode, type SelectionSetNode } from "graphql";

/** A normalized operation for the planner. */
export type OperationToPlan = {
  text: string;
  /** Active labels of progressive overrides. */
  overrides: readonly string[];
  /** Identifies what the planner is asked. */
  key: string;
  /** Hash of what decides how long it takes to plan: types, fields and their nesting. */
  shape(): string;
};

/** @param document one operation without fragment definitions. */
export function operationToPlan(document: DocumentNode, overrides: readonly string[] = []): OperationToPlan {
  let shape: string | undefined;
  const text = print(document);
  return {
    text,
    overrides,
    key: overrides.length === 0 ? text : `${text}\n# ${overrides.join(" ")}`,
    shape() {
      shape ??= createHash("sha256").update(shapeOf(document)).digest("base64");
      return shape;
    },
  };
}

/** Names, aliases, arguments, directives and the order of fields do not matter; how often a field is selected does. */
function shapeOf({ definitions }: DocumentNode): string {
  return definitions
    .map((each) => (each.kind === Kind.OPERATION_DEFINITION ? `${each.operation}${setShape(each.selectionSet)}` : ""))
    .join();
}

function setShape({ selections }: SelectionSetNode): string {
  return `{${selections.map(selectionShape).sort().join(" ")}}`;
}

function selectionShape(selection: SelectionNode): string {
  switch (selection.kind) {
    case Kind.FIELD:
      return selection.name.value + (selection.selectionSet ? setShape(selection.selectionSet) : "");
    case Kind.INLINE_FRAGMENT:
      return `...${selection.typeCondition?.name.value ?? ""}${setShape(selection.selectionSet)}`;
    case Kind.FRAGMENT_SPREAD:
      return `...${selection.name.value}`;
  }
}
