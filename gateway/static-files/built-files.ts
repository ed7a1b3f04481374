import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Logger } from "pino";
import { type Build, builtDirectory } from "./built-directory.ts";

/** Content codings of the built files, beside the files themselves. */
type Coding = "br" | "gzip";
export type BuiltFile = {
  type: string;
  /** True for a name that contains the hash of the content. */
  isHashed: boolean;
  /** Codings that exist of it. */
  codings: readonly Coding[];
  read(coding?: Coding): Promise<Buffer>;
};

export type BuiltFiles = {
  /** Undefined where there is no such file. */
  find(name: string): Promise<BuiltFile | undefined>;
  /** Name of the file of an entry, such as `front` and `.js`; undefined where nothing could be built. */
  entry(name: string, extension: string): Promise<string | undefined>;
};

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".ttf": "font/ttf",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};
const HASHED = /-[0-9A-Z]{8}\.\w+$/;
const CODINGS: readonly Coding[] = ["br", "gzip"];

/** Files of a build. They are built in the background, so that only requests for them wait; a failure is logged. */
export function openBuiltFiles(build: Build, log: Logger): BuiltFiles {
  const files = builtDirectory(build).then(
    (directory) => new Map(readdirSync(directory).map((name) => [name, join(directory, name)])),
    (error: unknown) => {
      log.warn({ err: error }, `The pages of ${build.name} could not be built; everything else works`);
      return new Map<string, string>();
    },
  );
  return {
    async find(name) {
      const all = await files;
      const path = all.get(name);
      const type = TYPES[extname(name)];
      if (!path || !type) return undefined;
      const codings = CODINGS.filter((coding) => all.has(`${name}.${coding}`));
      return {
        type,
        codings,
        isHashed: HASHED.test(name),
        read: (coding) => readFile(coding ? `${path}.${coding}` : path),
      };
    },
    async entry(name, extension) {
      const length = `${name}-01234567${extension}`.length;
      const isEntry = (file: string) => file.startsWith(`${name}-`) && file.endsWith(extension) && HASHED.test(file);
      return [...(await files).keys()].find((file) => file.length === length && isEntry(file));
    },
  };
}
