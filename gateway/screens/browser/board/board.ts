import type { Answer } from "../client/graph.ts";

/** Days from the first to the last, yyyy-MM-dd. */
export type Period = { from: string; to: string };

/** Scope, language and queries that all sections of the board share. */
export type Board = {
  /** ScopeInput of the leader's own place. */
  scope: Record<string, string>;
  /** Sends a document as the leader. */
  ask<T>(query: string, variables?: Record<string, unknown>): Promise<Answer<T>>;
};

/** A section of the board. `read` reads it from the graph anew. */
export type Section = { element: HTMLElement; read(period: Period): Promise<void> };
