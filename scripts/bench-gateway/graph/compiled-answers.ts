import { type FieldNode, Kind, parse, type SelectionNode, type ValueNode, valueFromASTUntyped } from "graphql";
import { type Fragments, fragmentsOf } from "../../../gateway/executor/normalize/client-operation.ts";
import { type Arguments, data, numberOf } from "./synthetic-data.ts";

type Write = (of: number, variables: Arguments) => string;
type Representation = { __typename: string; id?: string; code?: string };

/** Turns a document into a function that writes the JSON text of `data`, once, so that a subgraph's answer costs little. */
export function compiledAnswer(query: string): (variables: Arguments) => string {
  const document = parse(query, { noLocation: true });
  const fragments = fragmentsOf(document);
  const [operation] = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operation?.operation !== "query") throw new Error("These subgraphs answer queries only");
  const write = objectWriter("Query", [operation.selectionSet.selections], fragments);
  return (variables) => write(0, variables);
}

type Selections = readonly (readonly SelectionNode[])[];

function objectWriter(type: string, selections: Selections, fragments: Fragments): Write {
  const parts = [...fieldsOf(type, selections, fragments)].map(([name, nodes], at) => ({
    before: `${at === 0 ? "{" : ","}"${name}":`,
    write: fieldWriter(type, nodes, fragments),
  }));
  return (of, variables) => {
    let text = "";
    for (const part of parts) text += part.before + part.write(of, variables);
    return `${text}}`;
  };
}

/** Selected fields of an object of this type, by response name; repeated selections are merged. */
function fieldsOf(type: string, selections: Selections, fragments: Fragments): Map<string, FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  const visit = (nodes: readonly SelectionNode[]) => {
    for (const node of nodes) {
      if (node.directives?.length) throw new Error("Conditions are not served by these subgraphs");
      if (node.kind === Kind.FIELD) {
        const name = node.alias?.value ?? node.name.value;
        found.set(name, [...(found.get(name) ?? []), node]);
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
      if (!fragment) throw new Error("The document lacks a fragment");
      if ((fragment.typeCondition?.name.value ?? type) === type) visit(fragment.selectionSet.selections);
    }
  };
  for (const nodes of selections) visit(nodes);
  return found;
}

function fieldWriter(type: string, nodes: FieldNode[], fragments: Fragments): Write {
  const [node] = nodes;
  const name = node?.name.value ?? "";
  if (name === "__typename") return () => `"${type}"`;
  const selections = nodes.map((each) => each.selectionSet?.selections ?? []);
  const given = argumentReader(node);
  if (name === "_entities") return entitiesWriter(selections, fragments, given);
  const field = data[type]?.[name];
  if (!field) throw new Error(`These subgraphs have no ${type}.${name}`);
  if (field.kind === "leaf") return field.text;
  const write = objectWriter(field.type, selections, fragments);
  if (field.kind === "object") return (of, variables) => write(field.number(of, given(variables)), variables);
  return (of, variables) => listText(field.numbers(of, given(variables)), (each) => write(each, variables));
}

function entitiesWriter(
  selections: Selections,
  fragments: Fragments,
  given: (variables: Arguments) => Arguments,
): Write {
  const writers = new Map<string, Write>();
  return (_, variables) =>
    listText(given(variables).representations as Representation[], ({ __typename, id, code }) => {
      const write = writers.get(__typename) ?? objectWriter(__typename, selections, fragments);
      writers.set(__typename, write);
      return write(numberOf(id ?? code ?? ""), variables);
    });
}

function listText<T>(items: readonly T[], write: (item: T) => string): string {
  let text = "[";
  for (let at = 0; at < items.length; at++) text += (at === 0 ? "" : ",") + write(items[at] as T); // within its length
  return `${text}]`;
}

const NONE: Arguments = {};

function argumentReader(node: FieldNode | undefined): (variables: Arguments) => Arguments {
  const readers = (node?.arguments ?? []).map(({ name, value }) => ({ name: name.value, read: valueReader(value) }));
  if (readers.length === 0) return () => NONE;
  return (variables) => {
    const given: Arguments = {};
    for (const { name, read } of readers) given[name] = read(variables);
    return given;
  };
}

function valueReader(value: ValueNode): (variables: Arguments) => unknown {
  if (value.kind !== Kind.VARIABLE) {
    const constant = valueFromASTUntyped(value);
    return () => constant;
  }
  return (variables) => variables[value.name.value];
}
