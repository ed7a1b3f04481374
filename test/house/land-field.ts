import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { ScratchCopy } from "./scratch-copy.ts";

const landOf = (copy: ScratchCopy, ...names: string[]) => join(copy.directory, "subgraphs", "land", ...names);

/** Adds a field to parcels by the steps of the recipe in subgraphs/README.md, in its order, up to the composition. */
export function addLandField(copy: ScratchCopy): void {
  edit(
    landOf(copy, "tables.ts"),
    '      purpose: text("purpose").notNull(),',
    '      purpose: text("purpose").notNull(),\n      use: text("use"),',
  );
  const migration = ["run", "-s", "migration", "--", "--name", "what_changes"];
  execFileSync("npm", migration, { cwd: copy.directory, env: { ...process.env, AGENCY: "land" }, encoding: "utf8" });
  edit(
    landOf(copy, "parcels", "loaders.ts"),
    "  purpose: parcelVersions.purpose,",
    "  purpose: parcelVersions.purpose,\n  use: parcelVersions.use,",
  );
  edit(
    landOf(copy, "types.ts"),
    '  purpose!: ParcelRow["purpose"];',
    '  purpose!: ParcelRow["purpose"];\n  @Field(() => String, { nullable: true, description: "Present use (hiện trạng)." })\n  use!: ParcelRow["use"];',
  );
}

/** Text of the migration that the recipe's command wrote. */
export function writtenMigration(copy: ScratchCopy): string {
  const [written = "no migration"] = readdirSync(landOf(copy, "migrations")).filter((file) =>
    file.endsWith("_what_changes.sql"),
  );
  return readFileSync(landOf(copy, "migrations", written), "utf8");
}

function edit(file: string, find: string, replacement: string): void {
  const text = readFileSync(file, "utf8");
  expect(text).toContain(find);
  writeFileSync(file, text.replace(find, replacement));
}
