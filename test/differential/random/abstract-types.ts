import type { Draft, Entity } from "./random-supergraph.ts";
import type { SubgraphText } from "./subgraph-text.ts";

/** Adds an interface of some entities, and unions. */
export function addAbstractTypes(draft: Draft): void {
  const { random, subgraphs } = draft;
  addInterface(draft, "I0", random.chance(0.5) ? ": V0" : undefined);
  for (const subgraph of subgraphs) {
    const objects = [...subgraph.types].filter(
      ([, text]) => text.kind === "type" && !text.directives.includes("@interfaceObject"),
    );
    const members = objects.map(([name]) => name);
    const chosen = members.filter(() => random.chance(0.6));
    if (chosen.length > 1 && random.chance(0.6)) subgraph.unions.set("U0", chosen);
  }
}

/** An interface of some entities, with a shared leaf and perhaps a field that leads to a value. */
function addInterface({ random, subgraphs, entities }: Draft, name: string, valueText: string | undefined): void {
  const group = entities.filter(() => random.chance(0.6)).slice(0, 3);
  if (group.length < 2) return;
  const isEverywhere = random.chance(0.5);
  for (const subgraph of subgraphs) {
    const present = group.filter(({ keys }) => keys.has(subgraph));
    const isDeclared = present.length > 0 && (isEverywhere || (present.length > 1 && random.chance(0.8)));
    const hasValue =
      valueText !== undefined && present.every(({ keys }) => [...keys.keys()].every((each) => each.has("V0")));
    const fields = {
      id: ": ID!",
      title: ": String",
      ...(hasValue && { state: valueText }),
      ...(isEverywhere && { friend: `: ${name}` }),
    };
    for (const entity of present) {
      if (!hasId(entity, subgraph)) continue;
      const type = subgraph.type(entity.name);
      if (isDeclared) type.implements.add(name);
      for (const [field, text] of Object.entries(fields)) {
        if (field !== "id") type.fields.set(field, `${text} @shareable`);
      }
    }
    if (!isDeclared) continue;
    const declared = subgraph.type(name, "interface");
    for (const [field, text] of Object.entries(fields)) declared.fields.set(field, text);
  }
}

function hasId({ keys }: Entity, subgraph: SubgraphText): boolean {
  return keys.get(subgraph)?.some((set) => set.split(" ").includes("id")) ?? false;
}
