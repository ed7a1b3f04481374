import type { FormContext, FormSettings, Place } from "./form-context.ts";
import type { FormNode } from "./form-node.ts";
import { type FormSchema, resolved } from "./form-schema.ts";
import { group } from "./group.ts";
import { leaf } from "./leaf.ts";
import { list } from "./list.ts";

/** Form of a JSON Schema. */
export function schemaForm(schema: FormSchema, settings: FormSettings): FormNode {
  const context: FormContext = { ...settings, nodeOf };
  return nodeOf(schema, { name: "", isRequired: true, isRoot: true });

  function nodeOf(given: FormSchema, place: Place): FormNode {
    const own = resolved(given, settings.definitions);
    const made = settings.ownNode(own, place, context);
    if (made) return made;
    if (own.type === "object") return group(own, place, context);
    if (own.type === "array") return list(own, place, context);
    return leaf(own, place, context);
  }
}
