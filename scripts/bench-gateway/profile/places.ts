import { existsSync, readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";

/** Origin of a profiled function: its part of the system and its file. */
export type Place = { part: string; file: string };
type Frame = { functionName: string; url: string; lineNumber: number; columnNumber: number };

const maps = new Map<string, SourceMap | undefined>();

/** Origin of a frame; undefined for native functions, which are counted for their callers. */
export function placeOf({ functionName, url, lineNumber, columnNumber }: Frame): Place | undefined {
  if (functionName === "(garbage collector)") return { part: "garbage collection", file: "" };
  if (functionName === "(program)") return { part: "native code and system calls", file: "" };
  if (functionName === "(root)") return { part: "(root)", file: "" };
  if (url === "") return undefined;
  if (url.startsWith("node:")) return { part: `node: ${nodePart(url)}`, file: url };
  const path = url.startsWith("file:") ? fileURLToPath(url) : url;
  const dependency = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)(.*)/.exec(path);
  if (dependency) return { part: `package ${dependency[1]}`, file: `${dependency[1]}/${dependency[2]}` };
  const file = sourceOf(path, lineNumber, columnNumber) ?? relative(projectPath(), path);
  return { part: dirname(file), file };
}

/** `node:internal/streams/readable` → `streams`. */
function nodePart(url: string): string {
  const [first = "", second = ""] = url.slice("node:".length).split("/");
  const name = first === "internal" ? second : first;
  return name.startsWith("_http") ? "http" : name;
}

function sourceOf(path: string, line: number, column: number): string | undefined {
  if (!maps.has(path)) {
    const map = `${path}.map`;
    maps.set(
      path,
      existsSync(map) ? new SourceMap(JSON.parse(readFileSync(map, "utf8")) as SourceMapPayload) : undefined,
    );
  }
  const entry = maps.get(path)?.findEntry(line, column);
  if (!entry || !("originalSource" in entry)) return undefined;
  return relative(projectPath(), resolve(dirname(path), entry.originalSource));
}
