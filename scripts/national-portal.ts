import { join } from "node:path";
import * as z from "zod";
import { BadConfiguration, port, readEnvironment } from "../subgraphs/_shared/serving/environment.ts";
import { followParent } from "../subgraphs/_shared/serving/lifeline.ts";
import { partLog } from "../subgraphs/_shared/serving/log.ts";
import { serveNationalPortal } from "./national-portal/stand-in.ts";

/** Serves the stand-in of the national portal until SIGTERM or SIGINT; `npm start` runs it. */
async function main(): Promise<void> {
  const read = readEnvironment({
    PORT: port(4191),
    NATIONAL_PORTAL_USERNAME: z.string(),
    NATIONAL_PORTAL_PASSWORD: z.string(),
    NATIONAL_PORTAL_UNIT: z.string(),
    MOTCUA_DATA: z.string().default(".data"),
    LOG_LEVEL: z.string().default("info"),
  });
  const standIn = await serveNationalPortal({
    ...{ port: read.PORT, username: read.NATIONAL_PORTAL_USERNAME, password: read.NATIONAL_PORTAL_PASSWORD },
    ...{ unit: read.NATIONAL_PORTAL_UNIT, file: join(read.MOTCUA_DATA, "national-portal.jsonl") },
  });
  const stop = async () => {
    await standIn.close();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  followParent(stop);
  partLog("national-portal", read.LOG_LEVEL).info({ url: standIn.url }, "ready");
}

main().catch((error: unknown) => {
  console.error(error instanceof BadConfiguration ? error.message : error);
  process.exit(1);
});
