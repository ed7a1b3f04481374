import { join } from "node:path";
import * as z from "zod";
import { port, readEnvironment } from "../subgraphs/_shared/serving/environment.ts";
import { servePaymentProvider } from "./payment-provider/stand-in.ts";
import { runStandIn } from "./supervisor/run-stand-in.ts";

// the stand-in of a payment provider, which `npm start` runs
await runStandIn("payment-provider", async () => {
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
  return { standIn, logLevel: read.LOG_LEVEL };
});
