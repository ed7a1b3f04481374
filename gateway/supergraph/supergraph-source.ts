import type { Logger } from "pino";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import { polledAddress } from "./polled-source.ts";
import { watchedFile } from "./watched-file.ts";

/** A text that may be replaced while the gateway runs. */
export type WatchedSource = {
  /** @throws Error whose message (or code) says why it cannot be had. */
  read(): Promise<string>;
  /** Calls back with each further reading: a text, which need not be a new one, or why there is none. Until closed. */
  watch(seen: (reading: string | Error) => void): void;
  close(): void;
};

export type Supergraph = {
  /** As it was when the gateway started. */
  sdl: string;
  /** Calls back with every other text that comes in its place. One that is refused (the callback throws) is logged, once. */
  whenReplaced(adopt: (sdl: string) => void): void;
  close(): void;
};

/** Reads the supergraph's SDL once, from a file or an http(s) address. @throws BadConfiguration with the remedy. */
export async function readSupergraph(location: string): Promise<string> {
  return readFirst(location, textAt(location, 0));
}

/** Reads the supergraph's SDL and goes on looking for a new one. @throws BadConfiguration with the remedy. */
export async function openSupergraph(location: string, pollMs: number, log: Logger): Promise<Supergraph> {
  const text = textAt(location, pollMs);
  const sdl = await readFirst(location, text);
  return {
    sdl,
    whenReplaced(adopt) {
      let last = sdl;
      let isMissing = false;
      text.watch((reading) => {
        if (reading instanceof Error) {
          const reason = reasonOf(reading);
          if (!isMissing)
            log.warn({ reason }, "The supergraph cannot be read now; the present version goes on serving");
          isMissing = true;
          return;
        }
        isMissing = false;
        if (reading === last) return;
        last = reading;
        replace(reading, adopt, log);
      });
    },
    close: () => text.close(),
  };
}

function replace(sdl: string, adopt: (sdl: string) => void, log: Logger): void {
  try {
    if (!isSupergraph(sdl)) throw new Error("it is no composed supergraph");
    adopt(sdl);
    log.info("The supergraph was replaced by a new version");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.error({ reason }, "The new version of the supergraph is refused; the present one goes on serving");
  }
}

const isAddress = (location: string) => /^https?:\/\//.test(location);

function textAt(location: string, pollMs: number): WatchedSource {
  return isAddress(location) ? polledAddress(location, pollMs) : watchedFile(location, pollMs);
}

async function readFirst(location: string, text: WatchedSource): Promise<string> {
  const sdl = await text.read().catch((error: unknown) => {
    const remedy = isAddress(location) ? "" : "; `npm run compose` writes schema/supergraph.graphql";
    throw unusable(location, `cannot be ${isAddress(location) ? "fetched" : "read"} (${reasonOf(error)})${remedy}`);
  });
  if (!isSupergraph(sdl)) throw unusable(location, "is no composed supergraph; `npm run compose` writes one");
  return sdl;
}

function isSupergraph(sdl: string): boolean {
  return /@join__|join\/v0/.test(sdl);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error ? String(error.code) : error.message;
}

function unusable(location: string, why: string): BadConfiguration {
  return new BadConfiguration(`The configuration does not work:\n  SUPERGRAPH: ${location} ${why}`);
}
