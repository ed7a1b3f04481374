import { authorized } from "./authorization.ts";

/** Downloads a paper that a dossier names; the token is in a header, so a link alone would not do. False if it could not be read. */
export async function downloadPaper(persona: string, href: string): Promise<boolean> {
  const response = await authorized(persona, {}, (header) =>
    fetch(href, { headers: { ...(header && { authorization: header }) } }),
  ).catch(() => undefined);
  if (!response?.ok) return false;
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = new URL(href, location.href).pathname.split("/").slice(-3).join("-");
  link.click();
  URL.revokeObjectURL(address);
  return true;
}
