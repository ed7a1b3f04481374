import {
  baseType,
  type FieldDefinition,
  federationMetadata,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isUnionType,
  type ObjectType,
  parseFieldSetArgument,
  type Schema,
  type Subgraphs,
} from "@apollo/federation-internals";

/**
 * Makes the query planner take a field of an interface from the interface itself.
 *
 * For a field that several subgraphs share, the planner also considers a plan for each implementation alone. The number of such
 * plans is exponential in the number of implementations: eleven exceed the planner's limit. They are needed only if the field's
 * type is not an entity, because its other fields are then reachable through the implementations' keys alone. If the field's
 * type has keys to every other subgraph, the planner follows those. Its decision depends on @shareable only, which nothing else
 * reads after composition, so @shareable is removed from such fields.
 *
 * @returns `Type.field` of those whose implementations' keys may be needed. An operation that needs them has no plan, unless it
 *   selects them on each implementation.
 */
export function preferInterfaceFields(subgraphs: Subgraphs): ReadonlySet<string> {
  const schemas = subgraphs.values().map(({ schema }) => schema);
  const byCoordinate = new Map<string, ImplementingField[]>();
  for (const schema of schemas) {
    for (const field of implementingFields(schema)) {
      const { coordinate } = field.field;
      byCoordinate.set(coordinate, [...(byCoordinate.get(coordinate) ?? []), field]);
    }
  }
  const unsafe = new Set<string>();
  // The planner compares subgraphs, so a field must qualify in each of them.
  for (const [coordinate, ofOneCoordinate] of byCoordinate) {
    const isSafe = ofOneCoordinate.every(({ schema, targets }) =>
      targets.every((target) => reachesOtherSubgraphs(schema, schemas, target)),
    );
    if (!isSafe && ofOneCoordinate.some(({ field }) => shareableOf(field).length > 0)) unsafe.add(coordinate);
    for (const { field } of ofOneCoordinate) removeShareable(field);
  }
  return unsafe;
}

/** A field of an object type that implements a field of an interface, with the object types that it leads to. */
type ImplementingField = { schema: Schema; field: FieldDefinition<ObjectType>; targets: readonly ObjectType[] };

function implementingFields(schema: Schema): ImplementingField[] {
  return schema.objectTypes().flatMap((type) =>
    type.fields().flatMap((field) => {
      const ofInterfaces = type.interfaces().flatMap((each) => each.field(field.name) ?? []);
      if (ofInterfaces.length === 0 || !field.type || isLeafType(baseType(field.type))) return [];
      return [{ schema, field, targets: ofInterfaces.flatMap((each) => objectTypesOf(each.type)) }];
    }),
  );
}

function objectTypesOf(fieldType: FieldDefinition<ObjectType>["type"]): readonly ObjectType[] {
  const type = fieldType && baseType(fieldType);
  if (type && isObjectType(type)) return [type];
  if (type && isInterfaceType(type)) return type.possibleRuntimeTypes();
  return type && isUnionType(type) ? type.types() : [];
}

function removeShareable(field: FieldDefinition<ObjectType>): void {
  for (const applied of shareableOf(field)) applied.remove();
}

function shareableOf(field: FieldDefinition<ObjectType>) {
  const shareable = federationMetadata(field.schema())?.shareableDirective();
  return shareable ? field.appliedDirectivesOf(shareable) : [];
}

/** True if each field of the type is a leaf in this subgraph, or in a subgraph that a key of the type leads to. */
function reachesOtherSubgraphs(schema: Schema, schemas: readonly Schema[], type: ObjectType): boolean {
  const external = federationMetadata(schema)?.externalDirective();
  const leaves = new Set<string>();
  for (const field of type.fields()) {
    if (external && field.hasAppliedDirective(external)) continue;
    if (field.type && isLeafType(baseType(field.type))) leaves.add(field.name);
  }
  // An interface of this type may be an interface object in another subgraph.
  const names = [type.name, ...type.interfaces().map(({ name }) => name)];
  return schemas.every(
    (other) =>
      other === schema ||
      names.every((name) => {
        const there = other.type(name);
        if (!there || !isObjectType(there) || there.fields().every((field) => leaves.has(field.name))) return true;
        return hasKeyWithin(there, type);
      }),
  );
}

/** True if a resolvable key of the type in the other subgraph consists of fields that the type has in its own subgraph. */
function hasKeyWithin(there: ObjectType, own: ObjectType): boolean {
  const metadata = federationMetadata(there.schema());
  const ownMetadata = federationMetadata(own.schema());
  if (!metadata || !ownMetadata) return false;
  return there.appliedDirectivesOf(metadata.keyDirective()).some((key) => {
    if (key.arguments().resolvable === false) return false;
    try {
      return !ownMetadata.selectionSelectsAnyExternalField(parseFieldSetArgument({ parentType: own, directive: key }));
    } catch {
      return false; // the type does not have each field of the key
    }
  });
}
