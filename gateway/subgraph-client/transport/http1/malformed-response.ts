/** A response that is not HTTP/1.1, or whose end cannot be determined with certainty. */
export class MalformedResponse extends Error {}
