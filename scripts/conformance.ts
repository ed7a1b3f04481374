import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Command } from "commander";
import { BadConfiguration, identityKeys } from "../subgraphs/_shared/serving/environment.ts";
import { projectPath } from "../subgraphs/_shared/serving/paths.ts";
import { type Agency, agencyAt, service } from "./conformance/agency-under-test.ts";
import { type CheckGroup, type CheckResult, resultOf } from "./conformance/check.ts";
import { federationChecks, type Reference, sdlOf } from "./conformance/federation-checks.ts";
import { identityChecks, withSharedReplay } from "./conformance/identity-checks.ts";
import { partChecks } from "./conformance/part-checks.ts";
import { readPartsFile } from "./conformance/parts-file.ts";
import { type NamedSdl, parsedSdl, rootFields } from "./conformance/sdl.ts";

type Options = {
  name: string;
  keys?: string;
  also?: string;
  parts?: string;
  entity: Reference[];
  schema?: string;
  json: boolean;
};

const command = new Command("npm run conformance --")
  .description(
    "Tests a running agency from outside against the protocols of the signed identity and of parts, and as a Federation 2 subgraph. It delivers and cancels parts: use a test system.",
  )
  .argument("<url>", "the agency's GraphQL address, such as http://127.0.0.1:4107/graphql")
  .requiredOption("--name <name>", "the agency's name in the supergraph, the audience of identities")
  .option("--keys <keys>", "keys of the agency, newest first: id:secret,id:secret (default: IDENTITY_KEYS)")
  .option("--also <url>", "address of another process that serves the same agency: it shares the accepted identities")
  .option("--parts <file>", "JSON file with a procedure and contents of known outcome, see below")
  .option(
    "--entity <json>",
    "a reference to an entity that exists, such as the one below; may be repeated",
    reference,
    [],
  )
  .option("--schema <directory>", "SDL of the graph's other agencies, one file each (default: schema/)")
  .option("--json", "one JSON object a line: each check, then the summary", false)
  .addHelpText(
    "after",
    `
The parts file:
  {"procedure": "1.001193",           code of a procedure that the agency decides
   "granted": {…},                    content that is granted at once
   "grantedOnce": true,               optional: the same content under another id is refused
   "refused": {…}, "officer": {…},    optional: content that is refused, content that waits for an officer
   "unfit": {…},                      optional: content that does not fit the procedure
   "office": "31471"}                 optional: commune code of the receiving office
In contents, {{NAME:N}} becomes N digits that are new for each part, the same for the same NAME.
An entity: {"__typename": "Citizen", "personalId": "093195000017"}

Exit code: 0 the agency conforms (checks that cannot be made are listed as skipped); 1 it does not;
           2 wrong usage, or the agency cannot be reached.
Environment:
  IDENTITY_KEYS  as --keys, so that secrets need not stand in a command line`,
  )
  .exitOverride((exit) => process.exit(exit.exitCode === 0 ? 0 : 2));

function reference(text: string, known: Reference[]): Reference[] {
  const given = JSON.parse(text) as Reference;
  if (typeof given.__typename !== "string") throw new BadConfiguration("--entity needs a __typename");
  return [...known, given];
}

function keysOf({ keys = process.env.IDENTITY_KEYS ?? "" }: Options) {
  const parsed = identityKeys.safeParse(keys);
  if (parsed.success) return parsed.data;
  throw new BadConfiguration(`--keys or IDENTITY_KEYS: ${parsed.error.issues[0]?.message}`);
}

/** SDL files of a directory, named as their agencies; the composed files beside them are none. */
function otherAgencies(directory: string): NamedSdl[] {
  if (!existsSync(directory)) throw new BadConfiguration(`--schema: there is no directory ${directory}`);
  return readdirSync(directory)
    .filter((file) => file.endsWith(".graphql") && !["api.graphql", "supergraph.graphql"].includes(file))
    .map((file) => ({ name: basename(file, ".graphql"), sdl: parsedSdl(readFileSync(join(directory, file), "utf8")) }));
}

/** Refuses to begin where every check of a refusal would pass for the wrong reason. */
async function requireValidIdentity(agency: Agency): Promise<void> {
  const { status, errors } = await agency.ask(service(), "{ __typename }");
  if (status === 200) return;
  const [error] = errors ?? [];
  throw new BadConfiguration(
    `The agency refuses a valid identity (HTTP ${status}${error?.message ? `: ${error.message}` : ""}). Compare --name and --keys with its own.`,
  );
}

async function main(): Promise<number> {
  const options = command.parse().opts<Options>();
  const [url = ""] = command.args;
  const agency = agencyAt(url, options.name, keysOf(options));
  const parts = options.parts === undefined ? undefined : readPartsFile(options.parts);
  const others = otherAgencies(options.schema ?? projectPath("schema"));
  await requireValidIdentity(agency);
  const { sdl, text } = await sdlOf(agency);
  const groups = [
    options.also === undefined ? identityChecks : withSharedReplay(agencyAt(options.also, options.name, agency.keys)),
    federationChecks(sdl, text, others, options.entity),
    partChecks(rootFields(sdl, "Query").includes("partStatus"), parts),
  ];
  const results: CheckResult[] = [];
  for (const group of groups) results.push(...(await run(group, agency, options.json)));
  return summary(results, options.json);
}

async function run({ title, checks, skipped }: CheckGroup, agency: Agency, json: boolean): Promise<CheckResult[]> {
  if (!json) console.log(`\n${title}`);
  const results: CheckResult[] = skipped ? [{ name: title, outcome: "skipped", reason: skipped }] : [];
  for (const check of checks) results.push(await resultOf(check, agency));
  for (const result of results) console.log(json ? JSON.stringify({ group: title, ...result }) : lineOf(result));
  return results;
}

const MARKS = { passed: "  ok      ", failed: "  FAILED  ", advice: "  advice  ", skipped: "  skipped " };

function lineOf({ name, outcome, reason }: CheckResult): string {
  return `${MARKS[outcome]}${name}${reason ? `\n            ${reason}` : ""}`;
}

function summary(results: readonly CheckResult[], json: boolean): number {
  const count = (outcome: CheckResult["outcome"]) => results.filter((each) => each.outcome === outcome).length;
  const counts = {
    passed: count("passed"),
    failed: count("failed"),
    advice: count("advice"),
    skipped: count("skipped"),
  };
  const conforms = counts.failed === 0;
  if (json) console.log(JSON.stringify({ conforms, ...counts }));
  else {
    console.log(
      `\n${counts.passed} passed, ${counts.failed} failed, ${counts.advice} with advice, ${counts.skipped} skipped`,
    );
    console.log(conforms ? "The agency conforms." : "The agency does not conform.");
  }
  return conforms ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? `${error.message}${causeOf(error)}` : error);
    process.exitCode = 2;
  },
);

/** fetch says "fetch failed" and keeps the reason apart. */
function causeOf(error: Error): string {
  return error.cause instanceof Error ? `: ${error.cause.message}` : "";
}
