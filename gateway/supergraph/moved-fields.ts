import {
  type ConstDirectiveNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { fieldSet, namedType } from "./field-set.ts";
import { directiveArgument, directivesNamed, stringValue } from "./link-directives.ts";

export type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** Depth of each field to move, by `GRAPH Type.field`. */
export type MovedFields = ReadonlyMap<string, number>;

/** Fields with a @requires and those of the interfaces that they implement. */
export function movedFields(types: readonly Composite[]): MovedFields | undefined {
  const depthOf = requirementDepths(types);
  const coordinates = new Set(
    types.flatMap(({ name, fields = [] }) => fields.map((field) => `${name.value}.${field.name.value}`)),
  );
  const moved = new Map<string, number>();
  for (const type of types) {
    for (const { name, directives } of type.fields ?? []) {
      for (const join of directivesNamed({ directives }, "join__field")) {
        if (directiveArgument(join, "requires") === undefined) continue;
        const depth = depthOf(`${type.name.value}.${name.value}`);
        for (const each of [type, ...(type.interfaces ?? [])]) {
          if (!coordinates.has(`${each.name.value}.${name.value}`)) continue;
          const key = `${graphOf(join)} ${each.name.value}.${name.value}`;
          if ((moved.get(key) ?? depth) !== depth) return undefined;
          moved.set(key, depth);
        }
      }
    }
  }
  return moved;
}

/** Length of the longest chain of requirements that ends in a field. */
function requirementDepths(types: readonly Composite[]): (coordinate: string) => number {
  const fields = new Map(
    types.flatMap(({ name, fields = [] }) => fields.map((field) => [`${name.value}.${field.name.value}`, field])),
  );
  const depths = new Map<string, number>();

  function depthOf(coordinate: string): number {
    const known = depths.get(coordinate);
    if (known !== undefined) return known;
    depths.set(coordinate, 0); // for a cycle, in which no field can be resolved
    const field = fields.get(coordinate);
    const type = coordinate.slice(0, coordinate.indexOf("."));
    const requirements = directivesNamed(field ?? {}, "join__field").flatMap(
      (each) => stringValue(directiveArgument(each, "requires")) ?? [],
    );
    const depth = Math.max(0, ...requirements.map((each) => 1 + deepest(fieldSet(each), type)));
    depths.set(coordinate, depth);
    return depth;
  }

  function deepest({ selections }: SelectionSetNode, type: string): number {
    const found = selections.map((each) => {
      if (each.kind === Kind.FRAGMENT_SPREAD) return 0;
      if (each.kind === Kind.INLINE_FRAGMENT) return deepest(each.selectionSet, each.typeCondition?.name.value ?? type);
      const coordinate = `${type}.${each.name.value}`;
      const inner = fields.get(coordinate)?.type;
      return Math.max(
        depthOf(coordinate),
        each.selectionSet && inner ? deepest(each.selectionSet, namedType(inner)) : 0,
      );
    });
    return Math.max(0, ...found);
  }

  return depthOf;
}

/** Value of `join__Graph` in a directive; empty without one. */
export function graphOf(join: ConstDirectiveNode): string {
  return stringValue(directiveArgument(join, "graph")) ?? "";
}
