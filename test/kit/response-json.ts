/**
 * JSON of a response. Each test reads the members that its own document selects, so that a wrong name fails in its assertion.
 */
// biome-ignore lint/suspicious/noExplicitAny: the one exception of the tests; a type for each document would repeat the schema
export type ResponseJson = any;
