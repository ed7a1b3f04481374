import type { OneStopContext } from "../loaders.ts";

/**
 * Indexes of the list whose attachment was not uploaded, or has been removed.
 * @throws UNAVAILABLE while the store does not respond
 */
export async function unknownAttachments(
  { loaders }: Pick<OneStopContext, "loaders">,
  list: readonly { attachment?: string | null }[],
): Promise<number[]> {
  const { attachments } = loaders.desk().configuration;
  const known = new Map<string, boolean>();
  for (const { attachment } of list) {
    // one call at a time: a client's long list must not overload the store
    if (attachment && !known.has(attachment)) known.set(attachment, (await attachments?.has(attachment)) ?? false);
  }
  return list.flatMap(({ attachment }, index) => (attachment && !known.get(attachment) ? [index] : []));
}
