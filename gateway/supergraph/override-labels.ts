import { type DocumentNode, visit } from "graphql";
import { directiveArgument, stringValue } from "./link-directives.ts";

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
