import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import type * as z from "zod";
import { variableName } from "../subgraph-names.ts";
import { FILE_FORM } from "./file-form.ts";
import { isSetting, type Section } from "./setting-kinds.ts";
import { SETTINGS, subgraphSettings } from "./settings.ts";

/** The variables that a configuration file stands for, their places in the file, and every problem of the file. */
export type FileVariables = {
  variables: Record<string, string>;
  /** Place in the file, by variable: `gateway.yaml: server.port`. */
  places: ReadonlyMap<string, string>;
  /** Lines of an error message. */
  faults: readonly string[];
};

type Found = { variables: Record<string, string>; places: Map<string, string>; faults: string[] };
type Path = readonly PropertyKey[];

/** Reads a configuration file in YAML or JSON, which is YAML too. A value with a problem stands for no variable. */
export function readConfigurationFile(file: string): FileVariables {
  const found: Found = { variables: {}, places: new Map(), faults: [] };
  const content = parsed(file, found.faults);
  if (content === undefined) return found;
  const checked = FILE_FORM.safeParse(content);
  const wrong = checked.error?.issues ?? [];
  for (const issue of wrong) found.faults.push(...problemsOf(issue).map((line) => `  ${file}: ${line}`));
  const wrongPaths = new Set(wrong.flatMap(pathsOf));
  collect(SETTINGS, content, [], { ...found, file, wrongPaths });
  collectSubgraphs(content, { ...found, file, wrongPaths });
  return found;
}

/** Places of the settings that are not for single subgraphs, by variable. */
export function settingPlaces(): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  const add = (section: Section, path: Path) => {
    for (const [name, entry] of Object.entries(section)) {
      const place = [...path, name];
      if (isSetting(entry)) places.set(entry.variable, place.join("."));
      else add(entry, place);
    }
  };
  add(SETTINGS, []);
  return places;
}

function parsed(file: string, faults: string[]): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    faults.push(`  CONFIG: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`); // of the file system
    return undefined;
  }
  const document = parseDocument(text);
  faults.push(...document.errors.map(({ message }) => `  ${file}: is no YAML: ${message.split("\n")[0]}`));
  try {
    return document.errors.length > 0 ? undefined : (document.toJS({ maxAliasCount: 100 }) ?? {});
  } catch (error) {
    faults.push(`  ${file}: is no YAML: ${(error as Error).message}`); // of the library
    return undefined;
  }
}

type Collecting = Found & { file: string; wrongPaths: ReadonlySet<string> };

function collect(section: Section, content: unknown, path: Path, collecting: Collecting): void {
  for (const [name, entry] of Object.entries(section)) {
    const value = own(content, name);
    const place = [...path, name];
    if (value === undefined) continue;
    if (!isSetting(entry)) collect(entry, value, place, collecting);
    else if (!isWrong(place, collecting.wrongPaths)) {
      collecting.variables[entry.variable] = entry.textOf(value);
      collecting.places.set(entry.variable, `${collecting.file}: ${place.join(".")}`);
    }
  }
}

function collectSubgraphs(content: unknown, collecting: Collecting): void {
  const names = new Map<string, string>();
  const subgraphs = own(content, "subgraphs");
  for (const name of Object.keys(isObject(subgraphs) ? subgraphs : {})) {
    const variable = variableName(name);
    const same = names.get(variable);
    if (same !== undefined) {
      const problem = `has the same name in variables as ${same}; name only one of them`;
      collecting.faults.push(`  ${collecting.file}: subgraphs.${name}: ${problem}`);
    }
    names.set(variable, name);
    collect(subgraphSettings(`_${variable}`), own(subgraphs, name), ["subgraphs", name], collecting);
  }
}

/** True where the value, something in it or something around it has a problem. */
function isWrong(place: Path, wrongPaths: ReadonlySet<string>): boolean {
  const text = place.join(".");
  return [...wrongPaths].some(
    (wrong) => wrong === text || wrong.startsWith(`${text}.`) || (wrong !== "" && text.startsWith(`${wrong}.`)),
  );
}

/** Places of the values that an issue is about. */
function pathsOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code !== "unrecognized_keys") return [issue.path.join(".")];
  return issue.keys.map((key) => [...issue.path, key].join("."));
}

function problemsOf(issue: z.core.$ZodIssue): string[] {
  const place = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return [`${place === "" ? "the file" : place}: ${issue.message}`];
  const names = namesAt(issue.path);
  const of = place === "" ? "the file" : place;
  return issue.keys.map((key) => {
    const remedy = `the settings of ${of} are ${names.join(", ")}`;
    return `${[...issue.path, key].join(".")}: is no setting${names.length > 0 ? `; ${remedy}` : ""}`;
  });
}

/** Names of the settings of a section. */
function namesAt(path: Path): string[] {
  const [first, , ...rest] = path;
  if (first === "subgraphs") return rest.length === 0 ? Object.keys(subgraphSettings("_")) : [];
  let section: Section | undefined = SETTINGS;
  for (const name of path) {
    const entry: Section[string] | undefined = section?.[String(name)];
    section = entry && !isSetting(entry) ? entry : undefined;
  }
  return [...Object.keys(section ?? {}), ...(path.length === 0 ? ["subgraphs"] : [])];
}

function own(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
