import { join } from "node:path";
import * as z from "zod";
import { BadConfiguration, port, readEnvironment } from "../subgraphs/_shared/serving/environment.ts";
import { followParent } from "../subgraphs/_shared/serving/lifeline.ts";
import { partLog } from "../subgraphs/_shared/serving/log.ts";
import { servePaymentProvider } from "./payment-provider/stand-in.ts";

/** Serves the stand-in of a payment provider until SIGTERM or SIGINT; `npm start` runs it. */
async function main(): Promise<void> {
  const read = readEnvironment({
    PORT: port(4190),
    PAYMENT_MERCHANT: z.string(),
    PAYMENT_SECRET: z.string(),
    PAYMENT_CALLBACK_URL: z.url(),
    MOTCUA_DATA: z.string().default(".data"),
    LOG_LEVEL: z.string().default("info"),
  });
  const standIn = await servePaymentProvider({
    ...{ port: read.PORT, merchant: read.PAYMENT_MERCHANT, secret: read.PAYMENT_SECRET },
    callbackUrl: () => read.PAYMENT_CALLBACK_URL,
    file: join(read.MOTCUA_DATA, "payment-provider.json"),
  });
  const stop = async () => {
    await standIn.close();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  followParent(stop);
  partLog("payment-provider", read.LOG_LEVEL).info({ url: standIn.url }, "ready");
}

main().catch((error: unknown) => {
  console.error(error instanceof BadConfiguration ? error.message : error);
  process.exit(1);
});
