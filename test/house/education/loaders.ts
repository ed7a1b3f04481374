import DataLoader from "dataloader";
import { and, inArray, type SQL } from "drizzle-orm";
import { isUuid } from "../../../subgraphs/_shared/reference/uuid.ts";
import type { Context } from "../../../subgraphs/_shared/serving/context.ts";
import { visibleEnrolments } from "./rights.ts";
import { enrolments } from "./tables.ts";

export type EducationLoaders = ReturnType<typeof educationLoaders>;
export type EducationContext = Context<EducationLoaders>;
type EnrolmentRow = typeof enrolments.$inferSelect;

export function educationLoaders({ db, caller }: Pick<Context, "db" | "caller">) {
  const enrolmentsWhere = (which: SQL) =>
    db
      .select()
      .from(enrolments)
      .where(and(which, visibleEnrolments(caller)));
  return {
    /** By the citizen's personal number. */
    enrolmentsByPerson: new DataLoader<string, EnrolmentRow[]>(async (numbers) => {
      const rows = await enrolmentsWhere(inArray(enrolments.personalId, [...numbers]));
      return numbers.map((number) => rows.filter(({ personalId }) => personalId === number));
    }),
    /** By the id of the register entry. */
    enrolmentById: new DataLoader<string, EnrolmentRow | null>(async (ids) => {
      const rows = await enrolmentsWhere(inArray(enrolments.id, ids.filter(isUuid)));
      return ids.map((id) => rows.find((row) => row.id === id) ?? null);
    }),
  };
}
