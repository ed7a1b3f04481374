/** A date as Vietnamese write it, dd/mm/yyyy; mm/yyyy or yyyy where the day, or day and month, are unknown. */
export function writtenDay(iso: string): string {
  return iso.split("-").reverse().join("/");
}
