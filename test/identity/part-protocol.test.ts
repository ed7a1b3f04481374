import { readFileSync } from "node:fs";
import { buildASTSchema, type DocumentNode, Kind, lexicographicSortSchema, parse, print, visit } from "graphql";
import { describe, expect, test } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";

const protocol = readFileSync(projectPath("subgraphs", "_shared", "parts", "PROTOCOL.md"), "utf8");
const stated = parse(/<!-- sdl -->\n```graphql\n([\s\S]*?)```\n<!-- \/sdl -->/.exec(protocol)?.[1] ?? "");

const agencies = subgraphs
  .map(({ name }) => ({ name, sdl: parse(readFileSync(projectPath("schema", `${name}.graphql`), "utf8")) }))
  .filter(({ sdl }) => definitions(sdl).has("PartInput"));

/** Each definition's text without descriptions, its fields sorted; of a root type only the fields that the protocol names. */
function definitions(document: DocumentNode): Map<string, string> {
  const rootFields = new Set(["checkPart", "partStatus", "receivedParts", "deliverPart", "cancelPart"]);
  const texts = new Map<string, string>();
  for (const definition of document.definitions) {
    if (!("name" in definition) || !definition.name) continue;
    const name = definition.name.value;
    const plain = visit(definition, {
      enter(node, key) {
        if (key === "description") return null;
        if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return undefined;
        const isRoot = ["Query", "Mutation"].includes(name);
        const fields = (node.fields ?? []).filter((field) => !isRoot || rootFields.has(field.name.value));
        return { ...node, fields: fields.toSorted((one, other) => one.name.value.localeCompare(other.name.value)) };
      },
    });
    texts.set(name, print(plain));
  }
  return texts;
}

test("the SDL of the part protocol is valid GraphQL", () => {
  const withRoot = { ...stated, kind: Kind.DOCUMENT } as DocumentNode;
  expect(() => lexicographicSortSchema(buildASTSchema(withRoot, { assumeValidSDL: true }))).not.toThrow();
});

describe("the part protocol's SDL is the one that an agency serves:", () => {
  test.each(agencies)("the part protocol's SDL is the one that the agency serves: $name", ({ sdl }) => {
    const served = definitions(sdl);
    const found = [...definitions(stated).keys()].map((name) => [name, served.get(name)]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(definitions(stated)));
  });

  test("at least three agencies serve the part protocol", () => {
    expect(agencies.length).toBeGreaterThanOrEqual(3);
  });
});
