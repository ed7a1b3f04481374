import * as z from "zod";
import { type LegalDay, parseLegalDay } from "../_shared/reference/days.ts";
import { readEnvironment } from "../_shared/serving/environment.ts";

export type CivilStatusConfiguration = {
  /** Days before the end of a confirmation of the marital status from which its reminder is due. */
  reminderLeadDays: number;
  /** First day since which the register has every marriage; older ones may be in paper books alone. */
  marriagesCompleteFrom: LegalDay;
};

/** Day on which the Law on Civil Status 60/2014 and its national database began. That older books are complete is unsure. */
const BEGIN_OF_THE_LAW = "2016-01-01";

const legalDay = z
  .string()
  .default(BEGIN_OF_THE_LAW)
  .transform((raw, ctx): LegalDay => {
    const day = parseLegalDay(raw);
    if (day.ok) return day.value;
    ctx.addIssue({ code: "custom", message: `must be a day yyyy-MM-dd, such as ${BEGIN_OF_THE_LAW}` });
    return z.NEVER;
  });

/** @throws BadConfiguration that names every bad variable */
export function civilStatusConfiguration(environment: NodeJS.ProcessEnv): CivilStatusConfiguration {
  const read = readEnvironment(
    { REMINDER_LEAD_DAYS: z.coerce.number().int().min(0).max(183).default(30), MARRIAGES_COMPLETE_FROM: legalDay },
    environment,
  );
  return { reminderLeadDays: read.REMINDER_LEAD_DAYS, marriagesCompleteFrom: read.MARRIAGES_COMPLETE_FROM };
}
