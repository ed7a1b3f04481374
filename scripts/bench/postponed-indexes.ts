import postgres from "postgres";

/** Checkpoints in the midst of a load would write each changed page again and again. */
const RARE_CHECKPOINTS = { max_wal_size: "8GB", checkpoint_timeout: "1h" };

/**
 * Drops the indexes of the dossiers that no constraint needs, except for those of some rows, which the desk's workers use all the
 * time, and makes checkpoints rare.
 *
 * @returns a function that builds the indexes again and restores the settings
 */
export async function postponeIndexes(url: string): Promise<() => Promise<void>> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  for (const [name, value] of Object.entries(RARE_CHECKPOINTS))
    await sql.unsafe(`alter system set ${name} = '${value}'`);
  await sql`select pg_reload_conf()`;
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = 'dossiers'::regclass and indpred is null
       and indexrelid not in (select conindid from pg_constraint)`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  return async () => {
    await sql`set maintenance_work_mem = '512MB'`;
    for (const { definition } of indexes) await sql.unsafe(definition);
    for (const name of Object.keys(RARE_CHECKPOINTS)) await sql.unsafe(`alter system reset ${name}`);
    await sql`select pg_reload_conf()`;
    await sql.end();
  };
}
