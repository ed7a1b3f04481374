import { buildSchema, isObjectType } from "graphql";
import { expect, test } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { agencies, atAgency, schemaText } from "./scopes-in-sdl.ts";

/** Each protected field of an agency's schema with the scopes it demands, by its type or by itself. */
function protectedFields(agency: (typeof agencies)[number]): string[] {
  const schema = buildSchema(schemaText(agency), { assumeValidSDL: true });
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.keys(type.getFields()).flatMap((field) => {
          const scopes = atAgency(agency, type.name, field);
          return scopes.length > 0 ? [`${agency}  ${type.name}.${field}  ${scopes.join(" ")}`] : [];
        })
      : [],
  );
}

// The other tests of rights read from the schema what is protected; this list is the decision that the schema must follow.
test("the protected fields are exactly those of test/rights/protected-fields.txt; --update accepts a decided change", async () => {
  const lines = agencies.flatMap(protectedFields).sort();
  expect(lines.length).toBeGreaterThan(50);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(projectPath("test", "rights", "protected-fields.txt"));
});
