import "reflect-metadata"; // before any chunk of the bundle whose decorators need it
import { servingMode } from "./_shared/demo/demo-mode.ts";
import { keepCompiledCode } from "./_shared/serving/compile-cache.ts";
import { BadConfiguration } from "./_shared/serving/environment.ts";
import { followParent } from "./_shared/serving/lifeline.ts";
import type { RunningSubgraph } from "./_shared/serving/serve.ts";
import { isSubgraphName, subgraphs } from "./agency-registry.ts";
import { loadDefinition } from "./load-definition.ts";

/** `npm run subgraph -- NAME`: serves one agency until SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const name = process.argv[2] ?? "";
  if (!isSubgraphName(name)) {
    const names = subgraphs.map((s) => s.name).join(", ");
    const usage = [
      "Usage: npm run subgraph -- NAME",
      `Serves one agency. NAME is one of ${names}.`,
      "Variables: DATABASE_URL of its own database, PORT (default by agency) and those of subgraphs/README.md.",
    ].join("\n");
    const isHelp = name === "--help" || name === "-h";
    if (isHelp) console.log(usage);
    else console.error(usage);
    process.exitCode = isHelp ? 0 : 2;
    return;
  }
  let running: RunningSubgraph | undefined;
  const stop = async () => {
    await running?.close();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  followParent(stop);
  keepCompiledCode();
  await loadDefinition(name); // refuses a folder that holds another agency
  const { serve } = (await import(`./${name}/server.ts`)) as typeof import("./land/server.ts"); // all of one shape
  running = await serve(process.env, servingMode(name, process.env));
}

main().catch((error: unknown) => {
  console.error(error instanceof BadConfiguration ? error.message : error);
  process.exit(1);
});
