import { families, SEEDED_COMMUNES } from "../../../subgraphs/_shared/demo/population.ts";
import { seededUuid } from "../../../subgraphs/_shared/demo/population-random.ts";
import { insertMany } from "../../../subgraphs/_shared/registers/insert-many.ts";
import type { Tx } from "../../../subgraphs/_shared/serving/database.ts";
import type { Seed } from "../../../subgraphs/_shared/serving/subgraph.ts";
import { enrolments } from "./tables.ts";

/** Far from the numbers that the population itself uses for its UUIDs. */
const OWN_NUMBERS = 70_000_000;

/** An evening class of grade 12 for the first mother of each seeded commune. */
async function seedEnrolments(tx: Tx): Promise<void> {
  const mothers = SEEDED_COMMUNES.flatMap((commune) => families(commune)[0]?.mother ?? []);
  const rows = mothers.map(({ personalId }, n) => ({
    id: seededUuid(OWN_NUMBERS + n),
    personalId,
    school: "Trung tâm Giáo dục thường xuyên (mẫu)",
    grade: 12,
  }));
  await insertMany(tx, enrolments, rows);
}

/** Synthetic entries of the demo, in order. */
export const seeds: readonly Seed[] = [{ name: "evening-classes", apply: seedEnrolments }];
