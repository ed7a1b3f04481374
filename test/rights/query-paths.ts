import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";

/** A field on the path from the root of an operation to the tested field. */
export type Step = { type: string; field: string };
export type Way = readonly Step[];

const KINDS: Record<string, string> = { Query: "query", Mutation: "mutation", Subscription: "subscription" };
/** Arguments whose values matter to a test; other required arguments get the least value of their type. */
const ARGUMENTS: Record<string, string> = {
  "Query.citizen": "(personalId: $personalId)",
  "Query.citizenExists": "(personalId: $personalId)",
  "Query.dossier": "(code: $code)",
  "Query.dossiers": "(first: 1)",
  "Query.procedures": "(first: 1)",
  "Query.procedure": '(code: "1.001193")',
  "Query.communes": "(first: 1)",
  "Query.careFacilities": "(first: 1)",
  "Query.relations": "(use: HOUSEHOLD)",
  "Query.trackDossier": '(code: $code, phoneLast4: "0000")',
  "Query.checkBirthBundle": "(input: $input)",
  "Query.checkPart": "(part: $part)",
  "Query.partStatus": "(partId: $partId)",
  "Query.receivedParts": "(first: 1)",
  "Mutation.submitBirthBundle": '(input: $input, idempotencyKey: "rights")',
  "Mutation.deliverPart": "(part: $part)",
  "Mutation.cancelPart": "(partId: $partId)",
  "Subscription.dossierChanged": "(code: $code)",
  "Citizen.dossiers": "(first: 1)",
};
/** Literals of scalars that refuse an empty string. */
const LITERALS: Record<string, string> = {
  Int: "1",
  Float: "1",
  Boolean: "false",
  JSON: "{}",
  Date: '"2026-11-23"',
  DateTime: '"2026-11-23T09:00:00+07:00"',
  PersonalId: '"093195000017"',
};
const VARIABLES: Record<string, string> = {
  $personalId: "PersonalId!",
  $code: "ID!",
  $input: "BirthBundleInput!",
  $part: "PartInput!",
  $partId: "ID!",
  $entities: "[_Any!]!",
};

/** Shortest path to every field from these types, by coordinate, over fields that are `open`. */
export function waysFrom(
  schema: GraphQLSchema,
  starts: readonly GraphQLObjectType[],
  open: (step: Step) => boolean = () => true,
): Map<string, Way> {
  const ways = new Map<string, Way>();
  const queue: [GraphQLObjectType, Way][] = starts.map((start) => [start, []]);
  const seen = new Set(starts);
  for (const [type, before] of queue)
    for (const field of Object.values(type.getFields())) {
      const step = { type: type.name, field: field.name };
      if (!open(step)) continue;
      const way = [...before, step];
      ways.set(`${type.name}.${field.name}`, way);
      for (const next of objectsOf(schema, getNamedType(field.type))) {
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push([next, way]);
      }
    }
  return ways;
}

function objectsOf(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

/** Operation that selects the last field of a path, from a root or from an entity. */
export function operationOf(schema: GraphQLSchema, way: Way): string {
  const [first] = way;
  const kind = KINDS[first?.type ?? ""];
  const selection = `{ ${selectionOf(schema, way)} }`;
  const whole = kind ? selection : `{ _entities(representations: $entities) ${selection} }`;
  const used = Object.keys(VARIABLES).filter((name) => new RegExp(`\\${name}\\b`).test(whole));
  const declared = used.map((name) => `${name}: ${VARIABLES[name]}`).join(", ");
  return `${kind ?? "query"} ${declared && `(${declared})`} ${whole}`;
}

function selectionOf(schema: GraphQLSchema, [step, ...rest]: Way): string {
  if (!step) return "__typename";
  const { type, field } = step;
  const parent = schema.getType(type);
  const definition = isObjectType(parent) ? parent.getFields()[field] : undefined;
  const returned = definition && getNamedType(definition.type);
  const isLeaf = returned && !isObjectType(returned) && !isAbstractType(returned);
  const given = ARGUMENTS[`${type}.${field}`] ?? (definition ? requiredArguments(definition) : "");
  const asked = `${field}${given}${isLeaf ? "" : ` { ${selectionOf(schema, rest)} }`}`;
  return type in KINDS ? asked : `... on ${type} { ${asked} }`;
}

function requiredArguments({ args }: GraphQLField<unknown, unknown>): string {
  const given = args.filter(isRequiredArgument).map(({ name, type }) => `${name}: ${leastLiteral(type)}`);
  return given.length > 0 ? `(${given.join(", ")})` : "";
}

/** The smallest literal that a type accepts. */
function leastLiteral(nullable: GraphQLInputType): string {
  const type = getNullableType(nullable);
  if (isListType(type)) return "[]";
  if (isEnumType(type)) return type.getValues()[0]?.name ?? "";
  if (!isInputObjectType(type)) return LITERALS[type.name] ?? '""';
  const fields = Object.values(type.getFields()).filter(isRequiredInputField);
  return `{ ${fields.map((field) => `${field.name}: ${leastLiteral(field.type)}`).join(", ")} }`;
}
