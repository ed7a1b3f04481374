import * as z from "zod";
import { isSetting, type Section } from "./setting-kinds.ts";
import { SETTINGS, subgraphSettings } from "./settings.ts";

/** Form of the whole configuration file. Unknown settings are refused. */
export const FILE_FORM = z
  .strictObject(
    {
      $schema: z.string({ error: "must be a text" }).optional().describe("Address of this schema, for editors."),
      ...shapeOf(SETTINGS),
      subgraphs: z
        .record(z.string(), formOf(subgraphSettings("_<AGENCY>")), {
          error: "must be a section with an entry for each subgraph, by its name",
        })
        .optional()
        .describe("Settings of single subgraphs, by their names in the supergraph."),
    },
    { error: "must consist of settings such as server: { port: 4000 }" },
  )
  .describe("Configuration of the gateway, see gateway/README.md.");

function formOf(section: Section): z.ZodType {
  return z.strictObject(shapeOf(section), { error: "must be a section of settings" });
}

function shapeOf(section: Section): Record<string, z.ZodType> {
  const entries = Object.entries(section);
  return Object.fromEntries(
    entries.map(([name, entry]) => [name, (isSetting(entry) ? entry.form : formOf(entry)).optional()]),
  );
}

/** JSON Schema of the file for editors, as text. */
export function fileSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(FILE_FORM, { io: "input" });
  return `${JSON.stringify({ $schema, title: "Gateway configuration", ...schema }, null, 2)}\n`;
}
