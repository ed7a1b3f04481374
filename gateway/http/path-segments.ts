/** Decoded segment of a path; one whose encoding is invalid stays as it is, and names nothing. */
export function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
