/** An attachment that a request names, with the path of its field. */
export type NamedAttachment = { id: string; path: string[] };

/** Attachments that the content of a form, or the input of a submission, names. */
export function namedAttachments(content: unknown): NamedAttachment[] {
  const { papers } = (content ?? {}) as { papers?: { attachment?: string }[] };
  return (papers ?? []).flatMap(({ attachment }, at) =>
    attachment ? [{ id: attachment, path: ["papers", String(at), "attachment"] }] : [],
  );
}
