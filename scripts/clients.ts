import { Command } from "commander";
import { exampleClients, installPackages } from "./clients/example-clients.ts";

const command = new Command("clients")
  .description(
    "Runs the example clients of scripts/clients against a system in demo mode (npm start), and installs the packages of those in TypeScript if they are missing. A client whose language is not on this machine is skipped.",
  )
  .option("--gateway <url>", "address of the gateway", "http://127.0.0.1:4000")
  .option("--only <name>", `one of ${exampleClients.map(({ name }) => name).join(", ")}`)
  .parse();
const { gateway, only } = command.opts<{ gateway: string; only?: string }>();

const wanted = exampleClients.filter(({ name }) => only === undefined || name.toLowerCase() === only.toLowerCase());
if (wanted.length === 0) command.error(`--only: there is no client ${only}`);
if (wanted.some((client) => client.missing()?.includes("npm ci"))) {
  console.log("Installing the packages of the clients in TypeScript from their own lock file (once)");
  await installPackages().catch((error: Error) => console.log(`They cannot be installed: ${error.message}`));
}
for (const client of wanted) {
  const reason = client.missing();
  if (reason !== undefined) {
    console.log(`${client.name}: skipped, ${reason}`);
    continue;
  }
  try {
    console.log(`${client.name}: ${JSON.stringify(await client.run(gateway)).slice(0, 300)}`);
  } catch (error) {
    console.error(`${client.name}: failed\n${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
