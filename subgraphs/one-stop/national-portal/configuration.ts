import * as z from "zod";
import { BadConfiguration, milliseconds, readEnvironment } from "../../_shared/serving/environment.ts";
import { type Mappings, readMappings } from "./mappings.ts";

/** Account of the desk at the national portal. */
export type PortalAccount = {
  /** Address of the services. */
  url: string;
  logInUrl: string;
  username: string;
  password: string;
  /** Code of the unit that sends, `madonvi`. */
  unit: string;
};

export type NationalPortalConfiguration = {
  account: PortalAccount;
  mappings: Mappings;
  /** Maximal number of dossiers that one process delivers at a time; 0: none. */
  concurrency: number;
  /** Longest pause while the portal is away, in milliseconds. */
  longestPauseMs: number;
};

/** Null where no portal is configured. @throws BadConfiguration naming every bad variable. */
export function nationalPortalConfiguration(environment: NodeJS.ProcessEnv): NationalPortalConfiguration | null {
  const read = readEnvironment(
    {
      NATIONAL_PORTAL_URL: z.url({ protocol: /^https?$/ }).optional(),
      NATIONAL_PORTAL_LOG_IN_URL: z.url({ protocol: /^https?$/ }).optional(),
      NATIONAL_PORTAL_USERNAME: z.string().optional(),
      NATIONAL_PORTAL_PASSWORD: z.string().optional(),
      NATIONAL_PORTAL_UNIT: z.string().optional(),
      NATIONAL_PORTAL_MAPPINGS: z.string().optional(),
      NATIONAL_PORTAL_CONCURRENCY: z.coerce.number().int().min(0).max(100).default(4),
      NATIONAL_PORTAL_LONGEST_PAUSE_MS: milliseconds(60_000),
    },
    environment,
  );
  const { NATIONAL_PORTAL_URL: url, NATIONAL_PORTAL_USERNAME: username, NATIONAL_PORTAL_PASSWORD: password } = read;
  const { NATIONAL_PORTAL_UNIT: unit, NATIONAL_PORTAL_MAPPINGS: file } = read;
  if (!url) return null;
  if (!username || !password || !unit || !file)
    throw new BadConfiguration(
      "  NATIONAL_PORTAL_URL: needs NATIONAL_PORTAL_USERNAME, NATIONAL_PORTAL_PASSWORD, NATIONAL_PORTAL_UNIT and NATIONAL_PORTAL_MAPPINGS",
    );
  const logInUrl = read.NATIONAL_PORTAL_LOG_IN_URL ?? `${url.replace(/\/$/, "")}/login`;
  for (const [variable, address] of Object.entries({ NATIONAL_PORTAL_URL: url, NATIONAL_PORTAL_LOG_IN_URL: logInUrl }))
    if (environment.NODE_ENV === "production" && !address.startsWith("https:"))
      throw new BadConfiguration(`  ${variable}: must be https when NODE_ENV=production`);
  return {
    account: { url, logInUrl, username, password, unit },
    mappings: readMappings(file, "NATIONAL_PORTAL_MAPPINGS"),
    concurrency: read.NATIONAL_PORTAL_CONCURRENCY,
    longestPauseMs: read.NATIONAL_PORTAL_LONGEST_PAUSE_MS,
  };
}
