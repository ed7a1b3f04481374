/** A page as a browser without scripts receives it. */
export type ReadPage = { status: number; headers: Headers; text: string };

export async function readPage(url: string, init: RequestInit = {}): Promise<ReadPage> {
  const response = await fetch(url, { redirect: "manual", ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Sends a form as a browser does. */
export function sendForm(
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<ReadPage> {
  return readPage(url, { method: "POST", body: new URLSearchParams(fields), headers });
}
