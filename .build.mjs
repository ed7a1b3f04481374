// Bundles the programs with their packages into dist/ (.esbuild.json), unless no input has changed since the last build.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const options = require("./.esbuild.json");
const record = join(options.outdir, "built.json");
/** Time for which chunks of older builds are kept: a program that is starting may still load them. */
const KEPT_MS = 3_600_000;

/** The commit that is bundled, with `-dirty` where files differ from it; "unknown" without git or outside a repository. */
function commit() {
  try {
    const description = ["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"];
    return execFileSync("git", description, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "unknown";
  }
}

/** Dependencies of a build beside the contents of its inputs: settings, packages, programs, and folders found by name. */
function surroundings() {
  const programs = options.entryPoints.map((pattern) => {
    const [folder, rest] = pattern.split("*");
    return rest === undefined ? pattern : readdirSync(folder).filter((name) => name.endsWith(rest));
  });
  const bundles = readdirSync("subgraphs/one-stop/bundles");
  return JSON.stringify([options, programs, bundles, commit(), ...[".build.mjs", "package-lock.json"].map(stateOf)]);
}

function stateOf(path) {
  const state = statSync(path, { throwIfNoEntry: false });
  return state && `${state.size} ${state.mtimeMs}`;
}

function isFresh() {
  try {
    const built = JSON.parse(readFileSync(record, "utf8"));
    if (built.surroundings !== surroundings()) return false;
    return [...built.inputs, ...built.outputs].every(([path, state]) => stateOf(path) === state);
  } catch {
    return false; // no build yet, or an interrupted one
  }
}

function removeOldChunks(outputs) {
  for (const entry of readdirSync(options.outdir, { withFileTypes: true })) {
    const path = join(options.outdir, entry.name);
    const isOld = entry.isFile() && Date.now() - statSync(path).mtimeMs > KEPT_MS;
    if (isOld && !outputs.has(path)) rmSync(path, { force: true });
  }
}

if (!isFresh()) {
  const before = surroundings();
  const began = Date.now();
  rmSync(record, { force: true });
  const { buildSync } = require("esbuild");
  const { metafile } = buildSync({
    ...options,
    define: { MOTCUA_COMMIT: JSON.stringify(commit()) }, // read by subgraphs/_shared/serving/build-version.ts
    metafile: true,
  });
  const outputs = new Set(Object.keys(metafile.outputs).map((path) => join(path)));
  removeOldChunks(outputs);
  rmSync(join(options.outdir, "compiled"), { recursive: true, force: true }); // compile caches of the previous programs
  const inputs = Object.keys(metafile.inputs);
  // an input written during the build may have been read partially: the next start builds again
  if (inputs.some((path) => statSync(path).mtimeMs >= began)) process.exit();
  const states = (paths) => [...paths].map((path) => [path, stateOf(path)]);
  writeFileSync(record, JSON.stringify({ surroundings: before, inputs: states(inputs), outputs: states(outputs) }));
}
