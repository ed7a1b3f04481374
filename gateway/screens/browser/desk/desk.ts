import type { Answer } from "../client/graph.ts";
import type { Session } from "../client/session.ts";

/** Session, line and queries that all views of the desk share. */
export type Desk = {
  session: Session;
  office: string;
  isLineUp(): boolean;
  /** Asks the gateway for a sign of life. */
  checkLine(): Promise<boolean>;
  /** Time by the graph's clock, as far as it is known. */
  now(): Date;
  /** Sends a document as the clerk. */
  ask<T>(query: string, variables?: Record<string, unknown>): Promise<Answer<T>>;
};

/** A view of the desk. `close` ends what it follows. */
export type View = { element: HTMLElement; close?(): void };
