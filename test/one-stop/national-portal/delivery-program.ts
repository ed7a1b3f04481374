import { delivering } from "./delivering.ts";

/** Process that delivers the dossiers of DATABASE_URL to NATIONAL_PORTAL_URL, and stops with the program that started it. */
delivering(process.env.DATABASE_URL ?? "", process.env.NATIONAL_PORTAL_URL ?? "", {
  FAILPOINTS_DIR: process.env.FAILPOINTS_DIR,
});
process.stdin.resume().once("end", () => process.exit());
