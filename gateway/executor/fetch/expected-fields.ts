import type { FetchNode } from "@apollo/query-planner";
import { Kind, parse, type SelectionSetNode } from "graphql";
import { type JsonObject, own, setOwn } from "../json.ts";
import { type Fragments, fragmentsOf } from "../normalize/client-operation.ts";
import type { SchemaTypes } from "../schema-types.ts";
import { renamedPath } from "./rewrites.ts";

/** A field that a fetch selects, by its name in the merged data; `on` is the innermost type condition around it. */
export type ExpectedField = { name: string; on: string | undefined; fields: ExpectedField[] };

const known = new WeakMap<FetchNode, ExpectedField[]>();

/** Fields that a fetch adds to each of its objects. Computed only after a failure. */
export function expectedFields(node: FetchNode): ExpectedField[] {
  const found = known.get(node) ?? selectedFields(node);
  known.set(node, found);
  return found;
}

/** Sets all fields that a fetch would add to an object to null, because the subgraph has no such entity. */
export function fillNulls({ node }: { node: FetchNode }, object: JsonObject, types: SchemaTypes): void {
  for (const { name, on } of expectedFields(node)) {
    const applies = on === undefined || types.isOfType(object.__typename, on);
    if (applies && name !== "__typename" && own(object, name) === undefined) setOwn(object, name, null);
  }
}

function selectedFields({ operation, requires, outputRewrites }: FetchNode): ExpectedField[] {
  const document = parse(operation, { noLocation: true });
  const root = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const all = root ? fieldsOf(root.selectionSet, undefined, fragmentsOf(document)) : [];
  return renamed(requires ? (all[0]?.fields ?? []) : all, [], outputRewrites);
}

function fieldsOf({ selections }: SelectionSetNode, on: string | undefined, fragments: Fragments): ExpectedField[] {
  return selections.flatMap((selection): ExpectedField[] => {
    if (selection.kind === Kind.FIELD) {
      const name = selection.alias?.value ?? selection.name.value;
      const fields = selection.selectionSet ? fieldsOf(selection.selectionSet, undefined, fragments) : [];
      return [{ name, on, fields }];
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return fragment ? fieldsOf(fragment.selectionSet, fragment.typeCondition?.name.value ?? on, fragments) : [];
  });
}

function renamed(fields: ExpectedField[], parent: string[], rewrites: FetchNode["outputRewrites"]): ExpectedField[] {
  return fields.map(({ name, on, fields: inner }) => {
    const path = [...parent, name];
    return { name: String(renamedPath(path, rewrites).at(-1)), on, fields: renamed(inner, path, rewrites) };
  });
}
