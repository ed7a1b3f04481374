import type { Answer } from "../client/graph.ts";
import type { Session } from "../client/session.ts";

/** What all views of the desk share. */
export type Desk = {
  session: Session;
  office: string;
  isLineUp(): boolean;
  /** Sends a document as the clerk. */
  ask<T>(query: string, variables?: Record<string, unknown>): Promise<Answer<T>>;
};

/** A view of the desk. `close` ends what it follows. */
export type View = { element: HTMLElement; close?(): void };
