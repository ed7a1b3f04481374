import type { Logger } from "pino";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import { polledAddress } from "./polled-address.ts";
import { watchedFile } from "./watched-file.ts";
import type { WatchedSource } from "./watched-source.ts";

export type Supergraph = {
  /** SDL at the start of the gateway. */
  sdl: string;
  /** Calls back with each new SDL. An SDL for which the callback throws is logged once and otherwise ignored. */
  whenReplaced(adopt: (sdl: string) => void): void;
  close(): void;
};

/** Reads the supergraph's SDL once, from a file or an http(s) address. @throws BadConfiguration with the remedy. */
export async function readSupergraph(location: string): Promise<string> {
  return firstReading(location, sourceAt(location, 0));
}

/** Reads the supergraph's SDL and watches for new versions. @throws BadConfiguration with the remedy. */
export async function openSupergraph(location: string, pollMs: number, log: Logger): Promise<Supergraph> {
  const source = sourceAt(location, pollMs);
  const sdl = await firstReading(location, source);
  return {
    sdl,
    whenReplaced(adopt) {
      let last = sdl;
      let isUnreadable = false;
      source.watch((reading) => {
        if (reading instanceof Error) {
          const reason = reasonOf(reading);
          if (!isUnreadable) log.warn({ reason }, "The supergraph cannot be read; the current version stays in use");
          isUnreadable = true;
          return;
        }
        isUnreadable = false;
        if (reading === last) return;
        last = reading;
        replace(reading, adopt, log);
      });
    },
    close: () => source.close(),
  };
}

function replace(sdl: string, adopt: (sdl: string) => void, log: Logger): void {
  try {
    if (!isSupergraph(sdl)) throw new Error("it is not a composed supergraph");
    adopt(sdl);
    log.info("A new version of the supergraph is in use");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.error({ reason }, "The new version of the supergraph is refused; the current version stays in use");
  }
}

const isAddress = (location: string) => /^https?:\/\//.test(location);

function sourceAt(location: string, pollMs: number): WatchedSource {
  return isAddress(location) ? polledAddress(location, pollMs) : watchedFile(location, pollMs);
}

async function firstReading(location: string, source: WatchedSource): Promise<string> {
  const sdl = await source.read().catch((error: unknown) => {
    const remedy = isAddress(location) ? "" : "; `npm run compose` writes schema/supergraph.graphql";
    throw unusable(location, `cannot be ${isAddress(location) ? "fetched" : "read"} (${reasonOf(error)})${remedy}`);
  });
  if (!isSupergraph(sdl)) throw unusable(location, "is not a composed supergraph; `npm run compose` writes one");
  return sdl;
}

function isSupergraph(sdl: string): boolean {
  return /@join__|join\/v0/.test(sdl);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error ? String(error.code) : error.message;
}

function unusable(location: string, reason: string): BadConfiguration {
  return new BadConfiguration(`The configuration does not work:\n  SUPERGRAPH: ${location} ${reason}`);
}
