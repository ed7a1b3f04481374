import { type ConstDirectiveNode, type DocumentNode, type ListValueNode, parse, visit } from "graphql";

const ROOTS = new Set(["Query", "Mutation", "Subscription"]);
const PUBLIC = "public";

/**
 * The decisions about protection that each agency's SDL states, as lines `agency coordinate permissions`: every type and
 * field that needs a permission, and every root field that needs none. Sorted, so that a change shows as a line.
 */
export function protectedFields(services: readonly { name: string; sdl: string }[]): string[] {
  return services.flatMap(({ name, sdl }) => decisionsOf(parse(sdl)).map((decision) => `${name} ${decision}`)).sort();
}

/** The lines of `before` that `after` takes back: a type or field that loses a permission. */
export function openedFields(before: readonly string[], after: readonly string[]): string[] {
  const present = new Map(after.map((line) => [coordinateOf(line), permissionsIn(line)]));
  return before.filter((line) => {
    const now = present.get(coordinateOf(line)) ?? [];
    return permissionsIn(line).some((permission) => permission !== PUBLIC && !now.includes(permission));
  });
}

const coordinateOf = (line: string) => line.split(" ").slice(0, 2).join(" ");
const permissionsIn = (line: string) => line.split(" ").slice(2);

function decisionsOf(document: DocumentNode): string[] {
  const decisions: string[] = [];
  const ofType = (node: {
    name: { value: string };
    directives?: readonly ConstDirectiveNode[];
    fields?: readonly { name: { value: string }; directives?: readonly ConstDirectiveNode[] }[];
  }) => {
    const type = node.name.value;
    const scopes = scopesOf(node.directives);
    if (scopes.length > 0) decisions.push(`${type} ${scopes.join(" ")}`);
    for (const field of node.fields ?? []) {
      const own = scopesOf(field.directives);
      if (own.length > 0) decisions.push(`${type}.${field.name.value} ${own.join(" ")}`);
      else if (ROOTS.has(type)) decisions.push(`${type}.${field.name.value} ${PUBLIC}`);
    }
  };
  visit(document, { ObjectTypeDefinition: ofType, ObjectTypeExtension: ofType });
  return decisions;
}

/** The permissions of `@requiresScopes`, all of which are needed: no agency of ours states alternatives. */
function scopesOf(directives: readonly ConstDirectiveNode[] = []): string[] {
  const lists = directives
    .filter((directive) => directive.name.value === "requiresScopes")
    .flatMap((directive) => directive.arguments?.map(({ value }) => value as ListValueNode) ?? []); // the SDL is valid
  return lists
    .flatMap((sets) => sets.values.flatMap((set) => (set as ListValueNode).values))
    .flatMap((scope) => (scope.kind === "StringValue" ? scope.value : []));
}
