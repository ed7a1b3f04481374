import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode } from "graphql";

/** Fragment definitions of a document by name. */
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** One operation of a client's document, with the document's fragments. */
export type ClientOperation = { operation: OperationDefinitionNode; fragments: Fragments };

/** Finds the operation of the same name in a document, which may be the authorized version of the client's. */
export function clientOperationOf(document: DocumentNode, { name }: OperationDefinitionNode): ClientOperation {
  const operation = document.definitions.find(
    (each) => each.kind === Kind.OPERATION_DEFINITION && each.name?.value === name?.value,
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("The document has no such operation");
  return { operation, fragments: fragmentsOf(document) };
}

export function fragmentsOf({ definitions }: DocumentNode): Fragments {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  return fragments;
}
