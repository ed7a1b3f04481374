import * as z from "zod";
import { readEnvironment } from "../_shared/serving/environment.ts";
import type { FacilityChangeRule } from "./facilities/change-rule.ts";

export type HealthInsuranceConfiguration = {
  /** CSV file of the care facilities; without one only those of the demo's seeds are known. */
  facilityFile: string | undefined;
  facilityChange: FacilityChangeRule;
  /** Days before the last day of a child's card from which the reminder is due. */
  reminderLeadDays: number;
};

const months = z
  .string()
  .default("1,4,7,10")
  .transform((text) => text.split(",").map((month) => month.trim()))
  .refine(
    (named) => named.every((month) => /^([1-9]|1[0-2])$/.test(month)),
    "must be months from 1 to 12, separated by commas",
  )
  .transform((named) => named.map(Number));

/** @throws BadConfiguration naming every bad variable */
export function healthInsuranceConfiguration(environment: NodeJS.ProcessEnv): HealthInsuranceConfiguration {
  const read = readEnvironment(
    {
      CARE_FACILITIES: z.string().optional(),
      FACILITY_CHANGE_MONTHS: months,
      FACILITY_CHANGE_DAYS: z.coerce.number().int().min(1).max(31).default(31),
      REMINDER_LEAD_DAYS: z.coerce.number().int().min(0).max(366).default(30),
      FACILITY_CHANGE_ON_MOVE: z.enum(["ANY_DAY", "WINDOW"]).default("ANY_DAY"),
    },
    environment,
  );
  return {
    facilityFile: read.CARE_FACILITIES,
    reminderLeadDays: read.REMINDER_LEAD_DAYS,
    facilityChange: {
      months: read.FACILITY_CHANGE_MONTHS,
      days: read.FACILITY_CHANGE_DAYS,
      isOpenToMovers: read.FACILITY_CHANGE_ON_MOVE === "ANY_DAY",
    },
  };
}
