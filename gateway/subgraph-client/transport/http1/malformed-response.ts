/** A response that is not HTTP/1.1, or that cannot be told apart from the next one with certainty. */
export class MalformedResponse extends Error {}
