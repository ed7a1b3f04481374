const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external", "@requires"])\n`;
const TYPES = 20;
const LEAVES = ["l0", "l1", "l2", "l3", "l4", "l5"];

/**
 * Schemas of two subgraphs that share a field of an interface of twenty types. The field's type has no key, and a third subgraph
 * alone resolves the field of one more type, so that the planner considers a plan for each combination of types and subgraphs.
 */
export const explosiveSdl = { explosive_a: sdlOf("a"), explosive_b: sdlOf("b"), explosive_c: lastSdl() };

function sdlOf(name: string): string {
  const types = Array.from({ length: TYPES }, (_, n) => {
    return `type T${n} implements Explosion @key(fields: "id") { id: ID! state: Explosive @shareable }`;
  });
  return `${LINK}type Query { ${name}: Explosion } interface Explosion { id: ID! state: Explosive } ${types.join(" ")}
    type Last implements Explosion @key(fields: "id") { id: ID! state: Explosive @external
      ${name}: Int @requires(fields: "state { l0 }") }
    type Explosive { ${leaves([`${name}only`])} }`;
}

function lastSdl(): string {
  return `${LINK}type Last @key(fields: "id") { id: ID! state: Explosive } type Explosive { ${leaves(["aonly", "bonly"])} }`;
}

function leaves(more: readonly string[]): string {
  return [...LEAVES, ...more].map((leaf) => `${leaf}: String @shareable`).join(" ");
}

/** The n-th operation that is too expensive to plan; each n has another shape. */
export function explosion(n: number): string {
  const selected = LEAVES.filter((_, at) => (n >> at) % 2 === 1).join(" ");
  return `{ a { state { ${selected} aonly bonly } } }`;
}
