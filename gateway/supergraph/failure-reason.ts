/** Short reason of a failed read. The cause of a failed fetch says more than its message. */
export function failureReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const source = cause instanceof Error ? cause : error;
  return "code" in source && source.code !== undefined ? String(source.code) : source.message;
}
