import { type DocumentNode, Kind, visit } from "graphql";
import { directiveArgument, directivesNamed, stringValue } from "./link-directives.ts";

/** Labels of the progressive overrides of a supergraph (`@override(label:)`). */
export function overrideLabels(supergraph: DocumentNode): string[] {
  const labels = new Set<string>();
  visit(supergraph, {
    Directive(directive) {
      if (directive.name.value !== "join__field") return;
      const label = stringValue(directiveArgument(directive as never, "overrideLabel")); // directives of types are constant
      if (label !== undefined) labels.add(label);
    },
  });
  return [...labels];
}

/** Fields with a progressive override, as `Type.field`. */
export function progressivelyOverridden({ definitions }: DocumentNode): ReadonlySet<string> {
  const fields = new Set<string>();
  for (const type of definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const joins = directivesNamed(field, "join__field");
      if (joins.some((each) => directiveArgument(each, "overrideLabel"))) {
        fields.add(`${type.name.value}.${field.name.value}`);
      }
    }
  }
  return fields;
}
