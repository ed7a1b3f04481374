import { Problems } from "../acceptance/problems.ts";
import type { OneStopContext } from "../loaders.ts";
import type { WebhookInput } from "./input.ts";
import { addressRefused, outsideReach, urlMalformed, withoutReach } from "./problems.ts";
import { literalAddress, mayReceive } from "./receiver-addresses.ts";
import { reachOfNew } from "./rights.ts";

const LONGEST_URL = 2_000;

/** Columns for an input, or all its problems. */
export function readWebhook({ caller, loaders }: OneStopContext, { url, filter }: WebhookInput) {
  const { demandsHttps, allowedAddresses } = loaders.desk().configuration.webhooks;
  const problems = new Problems();
  const parsed = parsedUrl(url, demandsHttps);
  if (!parsed) problems.add(["input", "url"], urlMalformed(demandsHttps));
  const address = parsed && literalAddress(parsed);
  if (address && !mayReceive(address, allowedAddresses)) problems.add(["input", "url"], addressRefused());
  const reach = reachOfNew(caller);
  if (!reach) problems.add([], withoutReach());
  const [province, office] = [filter?.province ?? null, filter?.office ?? null];
  if (differ(reach?.reachProvince, province)) problems.add(["input", "filter", "province"], outsideReach());
  if (differ(reach?.reachOffice, office)) problems.add(["input", "filter", "office"], outsideReach());
  const filters = { filterProvince: province, filterOffice: office, filterProcedure: filter?.procedure ?? null };
  return { columns: { url: parsed?.href ?? "", ...filters }, reach, problems: problems.found };
}

function parsedUrl(text: string, demandsHttps: boolean): URL | null {
  if (text.length > LONGEST_URL || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isAllowed = url.protocol === "https:" || (url.protocol === "http:" && !demandsHttps);
  return isAllowed && url.username === "" && url.password === "" && url.hash === "" ? url : null;
}

function differ(reach: string | null | undefined, filter: string | null): boolean {
  return Boolean(reach) && filter !== null && reach !== filter;
}
