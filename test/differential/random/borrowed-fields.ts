import type { Draft, Entity } from "./random-supergraph.ts";

/** Adds fields that need those of other subgraphs (@requires), and fields that bring them along (@provides). */
export function addBorrowedFields(draft: Draft): void {
  for (const entity of draft.entities) {
    addPrice(draft, entity);
    addRequirements(draft, entity);
  }
  for (const entity of draft.entities) addProvision(draft, entity);
}

/** A field with an argument, and fields of other subgraphs that require it with different values. */
function addPrice({ random }: Draft, { name, keys }: Entity): void {
  const [owner, ...others] = [...keys.keys()];
  if (!owner || others.length === 0 || random.chance(0.5)) return;
  owner.type(name).fields.set("price", '(currency: String = "USD"): Int');
  for (const subgraph of others) {
    const { fields } = subgraph.type(name);
    fields.set("price", '(currency: String = "USD"): Int @external');
    for (const currency of ["EUR", "VND"].slice(random.below(2))) {
      const requires = `@requires(fields: "price(currency: \\"${currency}\\")")`;
      fields.set(`${subgraph.name}${currency.toLowerCase()}`, `: String ${requires}`);
    }
  }
}

function addRequirements({ random }: Draft, { name, keys, fields }: Entity): void {
  for (const subgraph of keys.keys()) {
    const text = subgraph.type(name);
    const foreign = fields.filter((each) => each.isLeaf && !text.fields.has(each.name) && !each.text.includes("("));
    if (foreign.length === 0 || random.chance(0.4)) continue;
    const needed = foreign.slice(0, 1 + random.below(2));
    const value = fields.find((each) => /^: \[?V\d/.test(each.text) && !text.fields.has(each.name));
    const valueType = /V\d/.exec(value?.text ?? "")?.[0] ?? "";
    const isValueKnown = value !== undefined && subgraph.has(valueType) && random.chance(0.5);
    for (const each of isValueKnown ? [...needed, value] : needed) text.fields.set(each.name, `${each.text} @external`);
    const inner = isValueKnown ? `${value.name} { ${valueType.toLowerCase()}0 }` : "";
    const set = [...needed.map((each) => each.name), inner].join(" ").trim();
    const sum = { name: `${subgraph.name}sum`, text: `${random.pick(["", "(x: Int)"])}: String` };
    text.fields.set(sum.name, `${sum.text} @requires(fields: "${set}")`);
    fields.unshift({ ...sum, owner: subgraph, isLeaf: true, isShareable: false }); // the next subgraph may require it
  }
}

/** A field that returns an entity together with a leaf that another subgraph owns. */
function addProvision({ random, subgraphs }: Draft, { name, keys, fields }: Entity): void {
  for (const subgraph of subgraphs) {
    if (!keys.has(subgraph) || random.chance(0.6)) continue;
    const { fields: own } = subgraph.type(name);
    const foreign = fields.filter((each) => isProvidable(each) && !own.has(each.name));
    const [provided] = foreign;
    if (!provided) continue;
    own.set(provided.name, `${provided.text} @external`);
    const owned = provided.owner.type(name).fields;
    const text = owned.get(provided.name) ?? provided.text;
    if (!text.includes("@shareable")) owned.set(provided.name, `${text} @shareable`);
    const returned = random.pick([`: ${name}`, `: [${name}]`]);
    subgraph
      .type("Query")
      .fields.set(`${subgraph.name}${name}given`, `${returned} @provides(fields: "${provided.name}")`);
  }
}

/** A value that a requirement decides could not be provided by a subgraph that does not get it. */
function isProvidable({ isLeaf, name, text }: Entity["fields"][number]): boolean {
  return isLeaf && !name.endsWith("sum") && !text.includes("(");
}
