import { delivering } from "../national-portal/delivering.ts";
import { deliveringWebhooks } from "../webhooks/delivering-webhooks.ts";

/** Process that delivers the changes of DATABASE_URL to NATIONAL_PORTAL_URL and to webhooks, and stops with the program that started it. */
const { DATABASE_URL = "", NATIONAL_PORTAL_URL = "", FAILPOINTS_DIR } = process.env;
delivering(DATABASE_URL, NATIONAL_PORTAL_URL, { FAILPOINTS_DIR, NATIONAL_PORTAL_CONCURRENCY: "8" });
deliveringWebhooks(DATABASE_URL);
process.stdin.resume().once("end", () => process.exit());
