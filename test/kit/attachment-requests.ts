import { randomBytes } from "node:crypto";
import type { World } from "../world.ts";
import type { ResponseJson } from "./response-json.ts";

/** Content of a paper that no other has. */
export const aPdf = (length = 2_000) => Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(length)]);

async function headersOf(world: World, persona: string | null): Promise<Record<string, string>> {
  return persona === null ? {} : { authorization: `Bearer ${await world.token(persona)}` };
}

export async function upload(
  world: World,
  content: Buffer,
  persona: string | null = "clerk",
  type = "application/pdf",
) {
  const headers = { "content-type": type, ...(await headersOf(world, persona)) };
  const response = await fetch(`${world.url}/attachments`, { method: "POST", headers, body: new Uint8Array(content) });
  return { status: response.status, body: (await response.json()) as ResponseJson };
}

export async function download(world: World, id: string, persona: string | null): Promise<Response> {
  return fetch(`${world.url}/attachments/${id}`, { headers: await headersOf(world, persona) });
}
