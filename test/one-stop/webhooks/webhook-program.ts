import { deliveringWebhooks } from "./delivering-webhooks.ts";

/** Process that delivers the changes of DATABASE_URL to its webhooks, and stops with the program that started it. */
deliveringWebhooks(process.env.DATABASE_URL ?? "");
process.stdin.resume().once("end", () => process.exit());
