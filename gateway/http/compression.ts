import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import Negotiator from "negotiator";

/** Responses shorter than `minBytes` are not compressed. */
export type CompressionConfiguration = { minBytes: number };

/** The declared types lack its second parameter: the order of codings that the client likes equally. */
const encodings: (this: Negotiator, available: string[], options: { preferred: readonly string[] }) => string[] =
  Negotiator.prototype.encodings;

/** Content codings of responses, the preferred one first. */
const CODINGS = ["br", "gzip"] as const;
export type Coding = (typeof CODINGS)[number];

/** Levels at which a response takes about a millisecond per 100 kB on a thread beside the event loop. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const GZIP = { level: 4 };
const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress) as (bytes: Buffer, options: typeof BROTLI) => Promise<Buffer>;

/**
 * Coding for a response of this length: the one that the client prefers. Undefined where it prefers the response as it is, or
 * the response is short.
 */
export function acceptedCoding(
  acceptEncoding: string | string[] | undefined,
  length: number,
  { minBytes }: CompressionConfiguration,
): Coding | undefined {
  if (length < minBytes || acceptEncoding === undefined) return undefined;
  const negotiator = new Negotiator({ headers: { "accept-encoding": String(acceptEncoding) } });
  const [preferred] = encodings.call(negotiator, [...CODINGS, "identity"], { preferred: CODINGS });
  return CODINGS.find((coding) => coding === preferred);
}

export function compressed(bytes: Buffer, coding: Coding): Promise<Buffer> {
  return coding === "br" ? toBrotli(bytes, BROTLI) : toGzip(bytes, GZIP);
}
