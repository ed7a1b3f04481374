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

/** The names taken in one place of the response, and what stands under them: what fragments share, they share here. */
export class Scope {
  private readonly entries = new Map<string, Entry[]>();
  private readonly children = new Map<string, Scope>();

  /** True if a field may stand under this name beside what is there already. */
  admits(name: string, entry: Entry): boolean {
    return (this.entries.get(name) ?? []).every((other) => agree(entry, other));
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

/** The arguments of a field, as text that differs whenever GraphQL takes them for different. */
export function argumentsText(args: readonly ArgumentNode[] = []): string {
  return args.map(print).sort().join();
}

/** The specification's rule of fields that can merge, kept a little more strictly. */
function agree(one: Entry, other: Entry): boolean {
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
