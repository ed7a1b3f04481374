import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from "graphql";
import type { Fragments } from "../../executor/normalize/client-operation.ts";

/** Number of fields in a selection, and of comparisons within it. */
type Weight = { fields: number; comparisons: number };

/**
 * Estimated number of pairs of fields with one response name, including nested ones, that validation compares with each other:
 * validating `{ a(x: 1) { b } a(x: 1) { b } … }` takes quadratic time.
 */
export function comparisonsIn(document: DocumentNode, fragments: Fragments): number {
  const spread = new Set<string>();
  const weights = new Map<FieldNode, Weight>();

  function weightOf(field: FieldNode): Weight {
    const known = weights.get(field);
    if (known) return known;
    weights.set(field, { fields: 1, comparisons: 0 }); // ends a cycle of fragments
    const inner = field.selectionSet ? within(field.selectionSet) : { fields: 0, comparisons: 0 };
    const weight = { ...inner, fields: inner.fields + 1 };
    weights.set(field, weight);
    return weight;
  }

  function within(set: SelectionSetNode): Weight {
    const alike = new Map<string, { count: number; fields: number }>();
    const total: Weight = { fields: 0, comparisons: 0 };
    const fields: FieldNode[] = [];
    collect(set, fields, new Set());
    for (const field of fields) {
      const name = (field.alias ?? field.name).value;
      const weight = weightOf(field);
      const group = alike.get(name) ?? { count: 0, fields: 0 };
      alike.set(name, { count: group.count + 1, fields: group.fields + weight.fields });
      total.fields = Math.min(Number.MAX_SAFE_INTEGER, total.fields + weight.fields);
      total.comparisons += weight.comparisons;
    }
    // n fields are n * (n - 1) / 2 pairs
    for (const { count, fields } of alike.values()) total.comparisons += ((count - 1) * fields) / 2;
    total.comparisons = Math.min(Number.MAX_SAFE_INTEGER, total.comparisons);
    return total;
  }

  /** A fragment that is spread twice in one selection set is visited once, as by validation. */
  function collect(set: SelectionSetNode, fields: FieldNode[], beside: Set<string>): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) fields.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet, fields, beside);
      else if (!beside.has(selection.name.value)) {
        beside.add(selection.name.value);
        spread.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) collect(fragment.selectionSet, fields, beside);
      }
    }
  }

  let most = 0;
  for (const each of document.definitions) {
    if (each.kind === Kind.OPERATION_DEFINITION) most = Math.max(most, within(each.selectionSet).comparisons);
  }
  for (const [name, { selectionSet }] of fragments) {
    if (!spread.has(name)) most = Math.max(most, within(selectionSet).comparisons);
  }
  return Math.ceil(most);
}
