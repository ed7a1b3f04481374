import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openQueryPlanner } from "../../gateway/pipeline/planning/query-planner.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

test("a further planner thread, which does not validate the supergraph again, plans every contract document like the first", () => {
  const supergraph = readFileSync(projectPath("schema", "supergraph.graphql"), "utf8");
  const first = openQueryPlanner(supergraph);
  const further = openQueryPlanner(supergraph, true);
  const folder = projectPath("test", "contract");
  const documents = readdirSync(folder).filter((file) => file.endsWith(".graphql"));
  for (const document of documents) {
    const task = { text: readFileSync(projectPath("test", "contract", document), "utf8"), overrides: [] };
    const planned = first.plan(task);
    expect(planned.kind, document).toBe("planned");
    expect(further.plan(task), document).toEqual(planned);
  }
  expect(further.apiSdl()).toBe(first.apiSdl());
});
