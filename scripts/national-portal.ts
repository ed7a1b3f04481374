import { join } from "node:path";
import * as z from "zod";
import { port, readEnvironment } from "../subgraphs/_shared/serving/environment.ts";
import { serveNationalPortal } from "./national-portal/stand-in.ts";
import { runStandIn } from "./supervisor/run-stand-in.ts";

// the stand-in of the national portal, which `npm start` runs
await runStandIn("national-portal", async () => {
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
  return { standIn, logLevel: read.LOG_LEVEL };
});
