import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ScratchCopy, scratchCopy } from "./scratch-copy.ts";

let copy: ScratchCopy;
const land = (...names: string[]) => join(copy.directory, "subgraphs", "land", ...names);

function edit(file: string, find: string, replacement: string): void {
  const text = readFileSync(land(file), "utf8");
  expect(text).toContain(find);
  writeFileSync(land(file), text.replace(find, replacement));
}

beforeAll(() => {
  copy = scratchCopy();
}, 60_000);
afterAll(() => copy?.remove());

// the steps of the recipe in subgraphs/README.md, in its order
test("a field is a column, its migration, a line of the loader and one of the types; composition writes the rest", {
  timeout: 180_000,
}, () => {
  edit(
    "tables.ts",
    '      purpose: text("purpose").notNull(),',
    '      purpose: text("purpose").notNull(),\n      use: text("use"),',
  );
  const migration = ["run", "-s", "migration", "--", "--name", "what_changes"];
  execFileSync("npm", migration, { cwd: copy.directory, env: { ...process.env, AGENCY: "land" }, encoding: "utf8" });
  const [written = "no migration"] = readdirSync(land("migrations")).filter((file) =>
    file.endsWith("_what_changes.sql"),
  );
  expect(readFileSync(land("migrations", written), "utf8")).toBe(
    'ALTER TABLE "parcel_versions" ADD COLUMN "use" text;',
  );
  edit(
    "parcels/loaders.ts",
    "  purpose: parcelVersions.purpose,",
    "  purpose: parcelVersions.purpose,\n  use: parcelVersions.use,",
  );
  edit(
    "types.ts",
    '  purpose!: ParcelRow["purpose"];',
    '  purpose!: ParcelRow["purpose"];\n  @Field(() => String, { nullable: true, description: "Present use (hiện trạng)." })\n  use!: ParcelRow["use"];',
  );
  copy.run("compose");
  const schema = (name: string) => readFileSync(join(copy.directory, "schema", `${name}.graphql`), "utf8");
  for (const name of ["land", "api"]) expect(schema(name)).toMatch(/type LandParcel \{[^}]*\n {2}use: String\n/);
});
