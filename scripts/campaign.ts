import { Command } from "commander";
import { SEEDED_COMMUNES } from "../subgraphs/_shared/demo/population.ts";
import { bundleOfProgram, removeBundles } from "./campaign/campaign-bundle.ts";
import { removeData, scratchData } from "./campaign/data-directory.ts";
import { openHarness } from "./campaign/harness.ts";
import { onInterruption } from "./campaign/interruption.ts";
import { runPlanted } from "./campaign/planted/run-planted.ts";
import { progressLine, reportLines } from "./campaign/random/campaign-report.ts";
import { type CampaignPlan, campaign } from "./campaign/random/random-campaign.ts";
import { wholeNumber } from "./terminal/whole-number.ts";

/** The seeded families have 24,000 children; the last ones are kept for late deliveries. */
const MOST_REQUESTS = 20_000;
const SEEDS = 1_000_000_000;

const command = new Command("npm run campaign --")
  .description(
    [
      "Faults on a separate system, in a temporary directory and on free ports: desks send 3-in-1 requests while processes",
      "and PostgreSQL are killed and stalled, agencies fail, deliveries come twice, late and after their cancellation.",
      "Then all faults end, and invariants are checked from outside by SQL. Exits 0 only if all hold.",
      "The same seed gives the same schedule; the part of it that fits into the given seconds depends on the machine.",
    ].join(" "),
  )
  .option("--requests <n>", "3-in-1 requests to send", wholeNumber(1, MOST_REQUESTS), 1_000)
  .option("--seconds <s>", "duration of the requests and faults in seconds", wholeNumber(1, 86_400), 120)
  .option("--desks <d>", "one-stop desks that send them", wholeNumber(1, SEEDED_COMMUNES.length), 8)
  .option("--seed <x>", "of the schedule; any by default", wholeNumber(1, SEEDS))
  .option("--planted", "instead: plant known bugs one by one and show which invariant catches each");

type Options = Omit<CampaignPlan, "seed"> & { seed?: number; planted?: true };

const interruption = onInterruption();
const say = (line: string) => console.log(line);

async function main(): Promise<boolean> {
  const { planted, ...options } = command.parse().opts<Options>();
  const plan: CampaignPlan = { ...options, seed: options.seed ?? Math.floor(Math.random() * SEEDS) };
  const data = scratchData();
  interruption.closes(async () => {
    removeData(data);
    removeBundles();
  });
  const right = await (planted ? runPlanted(data, say, interruption) : runRandom(plan, data));
  if (right) removeData(data);
  else say(`Databases and logs are kept in ${data}`);
  return right;
}

async function runRandom(plan: CampaignPlan, data: string): Promise<boolean> {
  say(`${plan.requests} requests from ${plan.desks} desks in ${plan.seconds} s, seed ${plan.seed}`);
  const opening = openHarness({ data, entry: await bundleOfProgram(), signal: interruption.signal });
  interruption.closes(async () => (await opening).close());
  const harness = await opening;
  // the driver can fail from its own write loop when the server ends; the campaign continues
  process.on("uncaughtException", (error) => say(`A fault of the campaign's own: ${error.message}`));
  try {
    const result = await campaign(harness, plan, (now) => say(progressLine(now)));
    for (const line of ["", ...reportLines(plan, result)]) say(line);
    return result.violations.length === 0;
  } finally {
    await harness.close();
  }
}

main()
  .finally(removeBundles)
  .then(
    (holds) => process.exit(holds ? 0 : 1),
    (error: unknown) => {
      if (interruption.signal.aborted) return; // the interruption ends the process after its clean-up
      console.error(error);
      process.exit(1);
    },
  );
