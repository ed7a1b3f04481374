import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import { loadDefinition } from "../../subgraphs/load-definition.ts";
import { openRegister, scratch } from "./empty-register.ts";

const files = scratch();
afterAll(files.remove);

/** The desk's dossiers are only exported: the steps of its saga are no facts that a file could state. */
const ONLY_EXPORTED = ["one-stop"];
const agencies = subgraphs.filter(({ name }) => !ONLY_EXPORTED.includes(name));

/** Some thousand records of each agency come in twice and go out twice. */
const PATIENCE_MS = 300_000;

for (const { name } of agencies)
  for (const format of ["csv", "jsonl"])
    test(
      `the ${format} export of ${name} is imported into an empty register, whose export is equal`,
      async () => {
        const full = await openRegister(name, { demo: true });
        const first = files.path(`${name}.${format}`);
        const records = await full.exportTo(first);
        await full.close();
        expect(records).toBeGreaterThan(100);

        const empty = await openRegister(name, { demo: false });
        const done = await empty.importFrom(first);
        const second = files.path(`${name}-again.${format}`);
        await empty.exportTo(second);
        const again = await empty.importFrom(first);
        await empty.close();

        expect(empty.refusedOf(first)).toEqual([]);
        expect(done).toMatchObject({ entered: records, present: 0, refused: 0 });
        expect(readFileSync(second, "utf8")).toBe(readFileSync(first, "utf8"));
        expect(again).toMatchObject({ entered: 0, present: records, refused: 0 });
      },
      PATIENCE_MS,
    );

test("every agency exports its register", async () => {
  for (const { name } of subgraphs) expect((await loadDefinition(name)).transfers, name).not.toHaveLength(0);
});
