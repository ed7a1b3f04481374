import { BadConfiguration } from "./_shared/environment.ts";
import { isSubgraphName, subgraphs } from "./list.ts";

/** `npm run subgraph -- NAME`: one agency alone, until it is told to stop. */
async function main(): Promise<void> {
  const name = process.argv[2] ?? "";
  if (!isSubgraphName(name)) {
    const names = subgraphs.map((s) => s.name).join(", ");
    console.error(
      `Usage: npm run subgraph -- NAME\n  NAME is one of ${names}.\n  DATABASE_URL of its own database; PORT (default by agency).`,
    );
    process.exitCode = name === "--help" ? 0 : 2;
    return;
  }
  const { serve } = (await import(`./${name}/server.ts`)) as typeof import("./land/server.ts"); // all of one shape
  const running = await serve(process.env);
  const stop = async () => {
    await running.close();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof BadConfiguration ? error.message : error);
  process.exit(1);
});
