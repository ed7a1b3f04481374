import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  typeFromAST,
  type VariableDefinitionNode,
  validate,
  visit,
} from "graphql";
import type { Random } from "../data/random-stream.ts";
import { fieldNode, nameNode, selectionSet } from "./nodes.ts";
import { Scope } from "./scopes.ts";
import { Selections } from "./selections.ts";
import { Variables, variableValues } from "./variables.ts";

/** Valid random operation. */
export type Operation = { document: DocumentNode; operationName: string | undefined };

/** Approximate number of fields of an operation, and its maximal depth. */
export type Size = { fields: number; depth: number };

/** Generates an operation over a schema. @throws InvalidOperation if it is invalid, which is a bug of this generator */
export function randomOperation(schema: GraphQLSchema, random: Random, size: Size): Operation {
  const isMutation = schema.getMutationType() && random.chance(0.3);
  const operation = isMutation ? OperationTypeNode.MUTATION : OperationTypeNode.QUERY;
  const root = schema.getRootType(operation);
  if (!root) throw new Error(`the schema has no ${operation}`);
  const variables = new Variables(random);
  const made = new Selections(
    schema,
    random,
    variables,
    2 + random.below(random.chance(0.1) ? 3 * size.fields : size.fields),
    size.depth,
  );
  const set = selectionSet(made.selectionsOn(root, new Scope(), 0));
  const name = random.chance(0.5) ? "Asked" : undefined;
  const main: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation,
    selectionSet: set,
    directives: [],
    ...(name && { name: nameNode(name) }),
  };
  const fragments = spreadFragments(main, made.fragments());
  const used = variablesIn([main, ...fragments]);
  const definition = { ...main, variableDefinitions: variables.definitions(used) };
  const others = name && random.chance(0.15) ? [another()] : [];
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [...others, definition, ...fragments] };
  const [error] = validate(schema, document);
  if (error) throw new InvalidOperation(document, error.message);
  return { document, operationName: others.length > 0 || random.chance(0.5) ? name : undefined };
}

/** The generator has produced an invalid operation. */
export class InvalidOperation extends Error {
  constructor(
    readonly document: DocumentNode,
    message: string,
  ) {
    super(message);
  }
}

/** Values for the variables of an operation. */
export function variablesFor(schema: GraphQLSchema, operation: Operation, random: Random): Record<string, unknown> {
  return variableValues(schema, variableDefinitions(operation), inputType, random);
}

/** Operation selected by `operationName` if the document has several. */
export function selectedOperation({
  document,
  operationName,
}: Pick<Operation, "document"> & { operationName?: string | undefined }): OperationDefinitionNode {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const found = operations.find((each) => operationName === undefined || each.name?.value === operationName);
  if (!found) throw new Error(`there is no operation ${operationName}`);
  return found;
}

function variableDefinitions(operation: Operation): readonly VariableDefinitionNode[] {
  return selectedOperation(operation).variableDefinitions ?? [];
}

function inputType(definition: VariableDefinitionNode, schema: GraphQLSchema): GraphQLInputType {
  const type = typeFromAST(schema, definition.type as never); // any of its overloads
  if (!isInputType(type)) throw new Error("a variable has an input type");
  return type;
}

/** Fragments that are spread, directly or in one another. */
function spreadFragments(
  operation: OperationDefinitionNode,
  all: readonly FragmentDefinitionNode[],
): FragmentDefinitionNode[] {
  const found = new Set<FragmentDefinitionNode>();
  const look = (node: OperationDefinitionNode | FragmentDefinitionNode) =>
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = all.find((each) => each.name.value === name.value);
        if (!fragment || found.has(fragment)) return;
        found.add(fragment);
        look(fragment);
      },
    });
  look(operation);
  return [...found];
}

function variablesIn(nodes: readonly (OperationDefinitionNode | FragmentDefinitionNode)[]): Set<string> {
  const used = new Set<string>();
  for (const node of nodes) visit(node, { Variable: { enter: ({ name }) => void used.add(name.value) } });
  return used;
}

function another(): OperationDefinitionNode {
  return {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    name: nameNode("Other"),
    selectionSet: selectionSet([fieldNode("__typename")]),
  };
}
