import type { Logger } from "pino";
import { badSetting } from "../../subgraphs/_shared/serving/environment.ts";
import { failureReason } from "./failure-reason.ts";
import { polledAddress } from "./polled-address.ts";
import { locationName, type SupergraphLocation } from "./registry-configuration.ts";
import { uplinkSource } from "./uplink-source.ts";
import { watchedFile } from "./watched-file.ts";
import type { WatchedSource } from "./watched-source.ts";

export type Supergraph = {
  /** SDL at the start of the gateway. */
  sdl: string;
  /** Calls back with each new SDL, one after another. If the callback throws, the SDL is not adopted and the reason is logged. */
  whenReplaced(adopt: (sdl: string) => Promise<void>): void;
  close(): void;
};

/** Reads the supergraph's SDL once. @throws BadConfiguration with the remedy. */
export async function readSupergraph(location: SupergraphLocation): Promise<string> {
  return firstReading(location, sourceAt(location, 0));
}

/** Reads the supergraph's SDL and watches for new versions. @throws BadConfiguration with the remedy. */
export async function openSupergraph(location: SupergraphLocation, pollMs: number, log: Logger): Promise<Supergraph> {
  const source = sourceAt(location, pollMs);
  const sdl = await firstReading(location, source);
  return {
    sdl,
    whenReplaced(adopt) {
      let last = sdl;
      let isUnreadable = false;
      let adopting = Promise.resolve();
      source.watch((reading) => {
        if (reading instanceof Error) {
          const reason = failureReason(reading);
          if (!isUnreadable) log.warn({ reason }, "The supergraph cannot be read; the current version stays in use");
          isUnreadable = true;
          return;
        }
        isUnreadable = false;
        if (reading === last) return;
        last = reading;
        adopting = adopting.then(() => replace(reading, adopt, log));
      });
    },
    close: () => source.close(),
  };
}

async function replace(sdl: string, adopt: (sdl: string) => Promise<void>, log: Logger): Promise<void> {
  try {
    if (!isSupergraph(sdl)) throw new Error("it is not a composed supergraph");
    await adopt(sdl);
    log.info("A new version of the supergraph is in use");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.error({ reason }, "The new version of the supergraph is refused; the current version stays in use");
  }
}

function isFile(location: SupergraphLocation): location is string {
  return typeof location === "string" && !/^https?:\/\//.test(location);
}

function sourceAt(location: SupergraphLocation, pollMs: number): WatchedSource {
  if (isFile(location)) return watchedFile(location, pollMs);
  if (typeof location === "string") return polledAddress(location, pollMs);
  if (location.registry === "uplink") return uplinkSource(location, pollMs);
  return polledAddress(location.endpoint, pollMs, { "x-hive-cdn-key": location.key });
}

async function firstReading(location: SupergraphLocation, source: WatchedSource): Promise<string> {
  const name = locationName(location);
  const sdl = await source.read().catch((error: unknown) => {
    const failed = `${name} cannot be ${isFile(location) ? "read" : "fetched"} (${failureReason(error)})`;
    throw badSetting("SUPERGRAPH", `${failed}; ${remedyAt(location)}`);
  });
  if (!isSupergraph(sdl))
    throw badSetting("SUPERGRAPH", `${name} is not a composed supergraph; ${COMPOSERS} write one`);
  return sdl;
}

const COMPOSERS = "`rover supergraph compose` and other composers of Federation 2, here `npm run compose`,";

function remedyAt(location: SupergraphLocation): string {
  if (typeof location !== "string")
    return `check key, ${location.registry === "uplink" ? "graph reference" : "target"} and network`;
  if (!isFile(location)) return "the address must serve the composed SDL as text";
  if (/^\w+:\/\//.test(location)) return "an address begins with http:// or https://";
  return `name the file of a composed supergraph; ${COMPOSERS} write one`;
}

function isSupergraph(sdl: string): boolean {
  return /@join__|join\/v0/.test(sdl);
}
