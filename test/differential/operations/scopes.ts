import {
  type ArgumentNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  print,
} from "graphql";

type Entry = { parent: GraphQLCompositeType; field: string; args: string; type: GraphQLOutputType };

/** Response names used at one path of the response, across all fragments, and their fields. */
export class Scope {
  private readonly entries = new Map<string, Entry[]>();
  private readonly children = new Map<string, Scope>();

  /** True if a field may have this response name beside the fields that have it already. */
  admits(name: string, entry: Entry): boolean {
    return (this.entries.get(name) ?? []).every((other) => canMerge(entry, other));
  }

  add(name: string, entry: Entry): void {
    this.entries.set(name, [...(this.entries.get(name) ?? []), entry]);
  }

  below(name: string): Scope {
    const found = this.children.get(name) ?? new Scope();
    this.children.set(name, found);
    return found;
  }
}

/** Arguments of a field, as text that differs if GraphQL treats them as different. */
export function argumentsText(args: readonly ArgumentNode[] = []): string {
  return args.map(print).sort().join();
}

/** The specification's rule FieldsInSetCanMerge, slightly stricter. */
function canMerge(one: Entry, other: Entry): boolean {
  if (!sameShape(one.type, other.type)) return false;
  const neverBoth = one.parent !== other.parent && isObjectType(one.parent) && isObjectType(other.parent);
  return neverBoth || (one.field === other.field && one.args === other.args);
}

function sameShape(one: GraphQLOutputType, other: GraphQLOutputType): boolean {
  if (isNonNullType(one) || isNonNullType(other)) {
    return isNonNullType(one) && isNonNullType(other) && sameShape(one.ofType, other.ofType);
  }
  if (isListType(one) || isListType(other)) {
    return isListType(one) && isListType(other) && sameShape(one.ofType, other.ofType);
  }
  return one === other || (isCompositeType(one) && isCompositeType(other));
}
