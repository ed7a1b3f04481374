import { defineConfig } from "drizzle-kit";

/** `AGENCY=land npm run migration -- --name what_changes` writes the next SQL file of one agency; a person reads it. */
const agency = process.env.AGENCY;
if (!agency) throw new Error("Set AGENCY to the subgraph's name, such as AGENCY=land");

// biome-ignore lint/style/noDefaultExport: drizzle-kit reads its configuration from the default export
export default defineConfig({
  dialect: "postgresql",
  schema: [`./subgraphs/${agency}/tables.ts`, `./subgraphs/${agency}/*/tables.ts`],
  out: `./subgraphs/${agency}/migrations`,
});
