import type { FetchNode } from "@apollo/query-planner";
import { type FragmentDefinitionNode, Kind, parse, type SelectionSetNode } from "graphql";
import { type JsonObject, own, setOwn } from "../json.ts";
import type { SchemaTypes } from "../schema-types.ts";
import { renamedPath } from "./rewrites.ts";

/** A field that a fetch brings, by its name in the merged data; `on` is the innermost type it was asked of. */
export type ExpectedField = { name: string; on: string | undefined; fields: ExpectedField[] };

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const known = new WeakMap<FetchNode, ExpectedField[]>();

/** The fields that a fetch brings to the place where its answer belongs; found out when something has gone wrong. */
export function expectedFields(node: FetchNode): ExpectedField[] {
  const found = known.get(node) ?? fieldsSelected(node);
  known.set(node, found);
  return found;
}

/** An object of which a subgraph has nothing to say, or is asked nothing: all that the fetch would have brought is null. */
export function fillNulls({ node }: { node: FetchNode }, object: JsonObject, types: SchemaTypes): void {
  for (const { name, on } of expectedFields(node)) {
    const isOf = on === undefined || types.isOfType(object.__typename, on);
    if (isOf && name !== "__typename" && own(object, name) === undefined) setOwn(object, name, null);
  }
}

function fieldsSelected({ operation, requires, outputRewrites }: FetchNode): ExpectedField[] {
  const { definitions } = parse(operation, { noLocation: true });
  const fragments: Fragments = new Map(
    definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
  const root = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const all = root ? fieldsOf(root.selectionSet, undefined, fragments) : [];
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

function renamed(fields: ExpectedField[], above: string[], rewrites: FetchNode["outputRewrites"]): ExpectedField[] {
  return fields.map(({ name, on, fields: inner }) => {
    const path = [...above, name];
    return { name: String(renamedPath(path, rewrites).at(-1)), on, fields: renamed(inner, path, rewrites) };
  });
}
