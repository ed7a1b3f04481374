import * as z from "zod";
import { list, readEnvironment } from "../_shared/serving/environment.ts";
import { LICENCE_KINDS, type LicenceKind, licenceKinds } from "./licences/licence-kinds.ts";

/** Rule of a kind of licence: its longest term, when its renewal is requested, when a reminder is due, and whether it is issued. */
export type LicenceRule = {
  kind: LicenceKind;
  validityMonths: number | null;
  renewBeforeDays: number;
  leadDays: number;
  isIssued: boolean;
};

const MALFORMED = "must look like VIDEO_GAMES=36/20: kind=months/days, separated by commas";

const terms = z
  .string()
  .default("VIDEO_GAMES=36/20,WATER_EXTRACTION=120/45") // the terms of which the sources are not sure
  .transform((text) => text.split(",").map((each) => /^\s*(\w+)=([1-9]\d{0,3})\/(\d{1,3})\s*$/.exec(each) ?? []))
  .refine((found) => found.every(([, kind, , days]) => isKind(kind) && Number(days) <= 366), MALFORMED)
  .transform((found) => new Map(found.map(([, kind = "", months, days]) => [kind, [Number(months), Number(days)]])));

function isKind(kind: string | undefined): boolean {
  return licenceKinds.some((each) => each === kind);
}

/** LICENCE_TERMS, CLOSED_LICENCE_KINDS and LICENCE_REMINDER_LEAD_DAYS. @throws BadConfiguration naming every bad one */
export function readLicenceRules(environment: NodeJS.ProcessEnv): LicenceRule[] {
  const read = readEnvironment(
    {
      LICENCE_TERMS: terms,
      CLOSED_LICENCE_KINDS: list.refine((kinds) => kinds.every(isKind), `must be of ${licenceKinds.join(", ")}`),
      LICENCE_REMINDER_LEAD_DAYS: z.coerce.number().int().min(0).max(366).default(30),
    },
    environment,
  );
  return licenceKinds.map((kind) => {
    const { months, renewBeforeDays } = LICENCE_KINDS[kind].term;
    const [validityMonths = months, days = renewBeforeDays] = read.LICENCE_TERMS.get(kind) ?? [];
    const isIssued = !read.CLOSED_LICENCE_KINDS.includes(kind);
    return { kind, validityMonths, renewBeforeDays: days, leadDays: read.LICENCE_REMINDER_LEAD_DAYS, isIssued };
  });
}
