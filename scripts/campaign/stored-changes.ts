import { unpackJson } from "../../subgraphs/_shared/registers/packed-json.ts";
import type { Harness } from "./harness.ts";

/** Ids of all changes of a province's dossiers, in the order of the stream. */
export async function storedChanges({ sql }: Pick<Harness, "sql">, commune: string): Promise<number[]> {
  const rows = await sql("one-stop")<{ id: string; entries: Uint8Array }[]>`
    select h.id, h.entries from history h join dossiers d on d.id = h.dossier_id
     where d.province = (select province from communes where code = ${commune} limit 1) order by h.id`;
  return rows.flatMap(({ id, entries }) => (unpackJson(entries) as unknown[]).map((_, place) => Number(id) + place));
}
