/** What holds for calls of a subgraph, whoever carries them. */
export const CONNECT_MS = 2_000;
export const LONGEST_ANSWER_BYTES = 64_000_000;
