/** A type of one subgraph, as its SDL is written. */
export type TypeText = {
  kind: "type" | "interface";
  implements: Set<string>;
  directives: string[];
  /** Fields by name: all that stands after the name. */
  fields: Map<string, string>;
};

/** One subgraph of a random supergraph. */
export class SubgraphText {
  readonly name: string;
  readonly types = new Map<string, TypeText>();
  readonly unions = new Map<string, readonly string[]>();

  constructor(name: string) {
    this.name = name;
  }

  type(name: string, kind: TypeText["kind"] = "type"): TypeText {
    const found = this.types.get(name) ?? { kind, implements: new Set(), directives: [], fields: new Map() };
    this.types.set(name, found);
    return found;
  }

  has(name: string): boolean {
    return this.types.has(name) || this.unions.has(name);
  }

  toString(): string {
    const types = [...this.types]
      .filter(([, { fields }]) => fields.size > 0)
      .map(([name, text]) => typeSdl(name, text));
    const unions = [...this.unions].map(([name, members]) => `union ${name} = ${members.join(" | ")}`);
    return ["enum Mood { GLAD SAD CALM }", ...unions, ...types].join("\n");
  }
}

function typeSdl(name: string, { kind, implements: interfaces, directives, fields }: TypeText): string {
  const implemented = interfaces.size > 0 ? ` implements ${[...interfaces].join(" & ")}` : "";
  const lines = [...fields].map(([field, rest]) => `  ${field}${rest}`);
  return `${kind} ${name}${implemented} ${directives.join(" ")} {\n${lines.join("\n")}\n}`;
}
