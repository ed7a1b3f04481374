import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from "graphql";

/** A field with all that is selected in it: how many fields, and how many comparisons within. */
type Weight = { fields: number; comparisons: number };

/**
 * About how often the validation has to hold two fields of one name in the answer against each other, with all that is in
 * them: `{ a(x: 1) { b } a(x: 1) { b } … }` asks for little, and takes time by the square of its length to be found valid.
 */
export function comparisonsIn(document: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  }
  const spread = new Set<string>();
  const weights = new Map<FieldNode, Weight>();

  function weightOf(field: FieldNode): Weight {
    const known = weights.get(field);
    if (known) return known;
    weights.set(field, { fields: 1, comparisons: 0 }); // a circle of fragments ends here
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
    // each of n fields meets the n - 1 others, and every pair is one
    for (const { count, fields } of alike.values()) total.comparisons += ((count - 1) * fields) / 2;
    total.comparisons = Math.min(Number.MAX_SAFE_INTEGER, total.comparisons);
    return total;
  }

  /** A fragment that is spread twice beside itself is looked at once, as by the validation. */
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
