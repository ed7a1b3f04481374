import {
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  validate,
  visit,
} from "graphql";
import { fragmentOf } from "./data/document-selections.ts";
import type { OperationRequest } from "./data/merged-schema.ts";
import { fieldNode } from "./operations/nodes.ts";
import { selectedOperation } from "./operations/operation.ts";

type StillFails = (request: OperationRequest) => Promise<boolean>;

/** Limit of attempts: each executes the operation on both sides. */
const MAX_ATTEMPTS = 600;

/** Removes parts of the operation one by one and keeps each removal after which the failure persists. */
export async function shrinkOperation(
  schema: GraphQLSchema,
  request: OperationRequest,
  stillFails: StillFails,
): Promise<OperationRequest> {
  let best = request;
  let tries = 0;
  for (let progress = true; progress && tries < MAX_ATTEMPTS; ) {
    progress = false;
    for (let index = 0; tries < MAX_ATTEMPTS; index++) {
      const smaller = edited(best, index);
      if (smaller === "no more") break;
      if (!smaller || validate(schema, smaller.document).length > 0) continue;
      tries += 1;
      if (!(await stillFails(smaller).catch(() => true))) continue;
      best = smaller;
      progress = true;
      index -= 1; // the next edit has taken this index
    }
  }
  return best;
}

/** The operation after edit number `index`; undefined when that edit changes nothing. */
function edited(request: OperationRequest, index: number): OperationRequest | undefined | "no more" {
  if (index === 0) return request.document.definitions.length > 1 ? alone(request) : undefined;
  let count = 0;
  let changed = false;
  const next = () => {
    count += 1;
    changed ||= count === index;
    return count === index;
  };
  const document: DocumentNode = visit(request.document, {
    SelectionSet: {
      enter(set) {
        return { ...set, selections: set.selections.flatMap((each) => edits(each, next, request.document)) };
      },
    },
    Argument: { enter: (node) => (node.name.value !== "if" && next() ? null : undefined) },
    ObjectField: { enter: () => (next() ? null : undefined) },
    ListValue: { enter: (node) => (node.values.length > 0 && next() ? { ...node, values: [] } : undefined) },
    Field: { enter: (node) => (node.alias && next() ? withoutAlias(node) : undefined) },
    VariableDefinition: {
      enter: (node) => (node.defaultValue && next() ? { ...node, defaultValue: undefined } : undefined),
    },
  });
  if (!changed) return count < index ? "no more" : undefined;
  return tidied({ ...request, document: filled(document) });
}

function edits(node: SelectionNode, next: () => boolean, document: DocumentNode): SelectionNode[] {
  if (next()) return [];
  if (node.kind !== Kind.FRAGMENT_SPREAD && node.selectionSet && next()) return [...node.selectionSet.selections];
  if (node.kind === Kind.FRAGMENT_SPREAD && next()) return [inlined(node.name.value, document)];
  if (node.directives?.length && next()) return [{ ...node, directives: [] }];
  return [node];
}

function inlined(name: string, document: DocumentNode): SelectionNode {
  const definition = document.definitions.find(
    (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name,
  );
  const selectionSet = fragmentOf(document, name);
  const condition = definition?.kind === Kind.FRAGMENT_DEFINITION && { typeCondition: definition.typeCondition };
  return { kind: Kind.INLINE_FRAGMENT, ...condition, selectionSet };
}

function withoutAlias<T extends { alias?: unknown }>({ alias: _, ...rest }: T): Omit<T, "alias"> {
  return rest;
}

/** Adds __typename to selection sets that have become empty. */
function filled(document: DocumentNode): DocumentNode {
  const fill = (set: SelectionSetNode) =>
    set.selections.length > 0 ? undefined : { ...set, selections: [fieldNode("__typename")] };
  return visit(document, { SelectionSet: { leave: fill } });
}

/** The document without other operations. */
function alone(request: OperationRequest): OperationRequest | undefined {
  const operation = selectedOperation({ ...request, operationName: request.operationName });
  const others = request.document.definitions.filter((each) => each.kind !== Kind.OPERATION_DEFINITION);
  if (others.length + 1 === request.document.definitions.length) return undefined;
  return tidied({ ...request, document: { ...request.document, definitions: [operation, ...others] } });
}

/** The document without unused fragments and variables. */
function tidied(request: OperationRequest): OperationRequest {
  let { document } = request;
  for (let size = -1; size !== document.definitions.length; ) {
    size = document.definitions.length;
    const spread = namesIn(document, Kind.FRAGMENT_SPREAD);
    const keep = (each: ASTNode) => each.kind !== Kind.FRAGMENT_DEFINITION || spread.has(each.name.value);
    document = { ...document, definitions: document.definitions.filter(keep) };
  }
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: { enter: () => false },
    Variable: { enter: ({ name }) => void used.add(name.value) },
  });
  document = visit(document, {
    VariableDefinition: { enter: (node) => (used.has(node.variable.name.value) ? undefined : null) },
  });
  const variables = Object.fromEntries(Object.entries(request.variables).filter(([name]) => used.has(name)));
  return { ...request, document, variables };
}

function namesIn(document: DocumentNode, kind: typeof Kind.FRAGMENT_SPREAD): Set<string> {
  const names = new Set<string>();
  visit(document, { [kind]: ({ name }: { name: { value: string } }) => void names.add(name.value) });
  return names;
}
