import type { Tokens } from "./tokens.ts";

/** News of a person for the other tabs of this browser; only pages of this origin hear them. */
export type News =
  | { kind: "tokens"; tokens: Tokens /** Refresh token that is no longer valid. */; replaced?: string | undefined }
  | { kind: "signed out"; subject: string };

/** The only one of a page, which does not hear itself. */
let channel: BroadcastChannel | undefined;

function theChannel(): BroadcastChannel {
  channel ??= new BroadcastChannel("motcua-sign-in");
  return channel;
}

export function tellOtherTabs(news: News): void {
  theChannel().postMessage(news);
}

export function hearOtherTabs(hear: (news: News) => void): void {
  theChannel().addEventListener("message", ({ data }) => hear(data as News)); // sent by tellOtherTabs alone
}
