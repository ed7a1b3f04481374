import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openedFields, protectedFields } from "../../scripts/compose/protection-list.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";

const committed = (name: string) => readFileSync(projectPath("schema", name), "utf8");

test("the committed decisions about protection are those of the committed schemas", () => {
  const services = subgraphs.map(({ name }) => ({ name, sdl: committed(`${name}.graphql`) }));
  const lines = committed("protected-fields.txt").split("\n");
  expect(protectedFields(services)).toEqual(lines.filter((line) => line && !line.startsWith("#")));
});

test.each([
  ["loses its permission", []],
  ["becomes public", ["one-stop Query.dossier public"]],
  ["needs another permission instead", ["one-stop Query.dossier citizen:read"]],
])("composition refuses a field that %s", (_, after) => {
  expect(openedFields(["one-stop Query.dossier dossier:read"], after)).toEqual(["one-stop Query.dossier dossier:read"]);
});

test("composition accepts a field that needs one permission more", () => {
  const before = ["one-stop Query.dossier dossier:read", "one-stop Query.papers public"];
  expect(openedFields(before, ["one-stop Query.dossier citizen:read dossier:read"])).toEqual([]);
});
