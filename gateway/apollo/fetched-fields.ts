import { Kind, parse, type SelectionSetNode } from "graphql";
import { type Fragments, fragmentsOf } from "../executor/normalize/client-operation.ts";
import type { FetchNode } from "./fetch-log.ts";

/** Field of a fetch by its name in the client's response; `on` is the innermost type condition. */
export type FetchedField = { name: string; on: string | undefined; fields: FetchedField[] };

const known = new WeakMap<FetchNode, FetchedField[]>();

/** Fields that a fetch adds at its path in the response. Cached, because plans repeat. */
export function fetchedFields(fetch: FetchNode): FetchedField[] {
  const found = known.get(fetch);
  if (found) return found;
  const document = parse(fetch.operation, { noLocation: true });
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const all = operation ? fieldsOf(operation.selectionSet, undefined, fragmentsOf(document)) : [];
  const fields = (fetch.requires ? (all[0]?.fields ?? []) : all).map((field) => renamed(field, fetch));
  known.set(fetch, fields);
  return fields;
}

function fieldsOf(set: SelectionSetNode, on: string | undefined, fragments: Fragments): FetchedField[] {
  return set.selections.flatMap((selection): FetchedField[] => {
    if (selection.kind === Kind.FIELD) {
      const name = selection.alias?.value ?? selection.name.value;
      if (selection.name.value === "__typename") return [];
      const fields = selection.selectionSet ? fieldsOf(selection.selectionSet, undefined, fragments) : [];
      return [{ name, on, fields }];
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return fragment ? fieldsOf(fragment.selectionSet, fragment.typeCondition?.name.value ?? on, fragments) : [];
  });
}

/** The planner aliases fields that have one name and different shapes; its output rewrites restore the name. */
function renamed(field: FetchedField, { outputRewrites }: FetchNode): FetchedField {
  const rewrite = outputRewrites?.find((each) => each.kind === "KeyRenamer" && each.path.at(-1) === field.name);
  return rewrite?.kind === "KeyRenamer" ? { ...field, name: rewrite.renameKeyTo } : field;
}
