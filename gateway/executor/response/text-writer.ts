import { type FieldNode, type GraphQLOutputType, TypeNameMetaFieldDef } from "graphql";
import { denialOf } from "../denials.ts";
import { collectFields, mergedName, type ResponseShape } from "../normalize/response-shape.ts";
import { JsonText, type TextField } from "../text/json-text.ts";
import { type FieldsOf, type TextualField, textPattern } from "../text/text-pattern.ts";
import type { WriteValue } from "./writer-state.ts";

/** Copies a value that is text if the writer would write the same text; otherwise writes it. */
export function textOrValueWriter(
  shape: ResponseShape,
  nodes: readonly FieldNode[],
  type: GraphQLOutputType,
  write: WriteValue,
): WriteValue {
  let pattern: string | undefined;
  let accepted: TextField | undefined;
  return (value, state) => {
    if (!(value instanceof JsonText)) return write(value, state);
    const { text, field } = value;
    if (field === accepted) return text;
    pattern ??= textPattern(type, writtenFields(shape, nodes)) ?? "";
    if (field.pattern === pattern) {
      accepted = field;
      return text;
    }
    field.isWanted = false;
    return write(value.parsed(), state);
  };
}

/** Fields that the client selects on objects, if its names for them are those of the merged data. */
function writtenFields(shape: ResponseShape, parents: readonly FieldNode[]): FieldsOf {
  return (type) => {
    const fields: TextualField[] = [];
    for (const [name, nodes] of collectFields(shape, type, parents)) {
      const [node] = nodes;
      const isTypename = node?.name.value === "__typename";
      const field = isTypename ? TypeNameMetaFieldDef : type.getFields()[node?.name.value ?? ""];
      const isSame = isTypename ? name === "__typename" : mergedName(shape, nodes) === name;
      if (!node || !field || !isSame || denialOf(shape.denials, node, type.name)) return undefined;
      fields.push({ name, type: field.type, fieldsOf: writtenFields(shape, nodes) });
    }
    return fields;
  };
}
