import type postgres from "postgres";
import type { PartInstruction } from "../../_shared/parts/procedure.ts";

/** Last instruction of a person for a step; null if there is none. */
export async function instructionOf(sql: postgres.Sql, stepId: string): Promise<PartInstruction | null> {
  const [row] = await sql<{ instruction: PartInstruction | null }[]>`
    select instruction from acts where step_id = ${stepId} and instruction is not null order by id desc limit 1`;
  return row?.instruction ?? null;
}
