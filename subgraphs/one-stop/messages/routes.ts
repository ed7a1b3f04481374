/** Channels of messages: files for another system, e-mail, and SMS. */
export const CHANNELS = ["spool", "smtp", "smpp"] as const;
export type ChannelName = (typeof CHANNELS)[number];

/** Channels of one delivery of each message: the first one that the citizen can be reached by, then the next one if it refuses. */
export type Route = readonly ChannelName[];

/**
 * Reads routes such as `spool` or `smpp>smtp,spool`: a message goes by each route, separated by commas; within a route, by the first
 * possible channel. `off` has none. Null if a channel is unknown or named twice.
 */
export function parseRoutes(text: string): Route[] | null {
  if (text === "off") return [];
  const routes = text.split(",").map((route) => route.split(">").map((channel) => channel.trim()));
  const named = routes.flat();
  if (new Set(named).size < named.length || !named.every(isChannel)) return null;
  return routes.map((route) => route.filter(isChannel));
}

export function writtenRoute(route: Route): string {
  return route.join(">");
}

/** @throws Error for a route without a channel, which is never stored */
export function firstChannel(route: string): ChannelName {
  const first = route.split(">").find(isChannel);
  if (!first) throw new Error(`The route ${route} has no channel`);
  return first;
}

/** Channel of a route after one that refused; undefined after the last one. */
export function nextChannel(route: string, channel: ChannelName): ChannelName | undefined {
  const channels = route.split(">").filter(isChannel);
  return channels[channels.indexOf(channel) + 1];
}

function isChannel(name: string): name is ChannelName {
  return (CHANNELS as readonly string[]).includes(name);
}
