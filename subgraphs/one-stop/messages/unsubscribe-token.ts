import { timingSafeEqual } from "node:crypto";
import type postgres from "postgres";
import { sealWith } from "../../_shared/identity/seal.ts";

/** A dossier's id and the seal over it, each in base64url. */
const TOKEN = /^([\w-]{22})([\w-]{43})$/;
const HEAD = "unsubscribe EMAIL";

/**
 * Token with which the recipient of an e-mail stops them (RFC 8058): the dossier that it told of, sealed. It names no person, and holds
 * as long as the dossier does.
 */
export async function unsubscribeToken(sql: postgres.Sql, dossierId: string): Promise<string> {
  const id = Buffer.from(dossierId.replaceAll("-", ""), "hex");
  return `${id.toString("base64url")}${sealWith(await secretOf(sql), HEAD, id)}`;
}

/** Id of the dossier of a token; null if the token was not made here. */
export async function dossierOfToken(sql: postgres.Sql, token: string): Promise<string | null> {
  const [, id, seal = ""] = TOKEN.exec(token) ?? [];
  if (id === undefined) return null;
  const bytes = Buffer.from(id, "base64url");
  const expected = sealWith(await secretOf(sql), HEAD, bytes);
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(seal))) return null;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

async function secretOf(sql: postgres.Sql): Promise<string> {
  const [row] = await sql<{ secret: string }[]>`select secret from unsubscribe_secret`;
  if (!row) throw new Error("The secret of unsubscribe tokens is missing");
  return row.secret;
}
