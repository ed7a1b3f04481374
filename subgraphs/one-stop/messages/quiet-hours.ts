/** Hours in which nobody is disturbed: minutes of the day in Viet Nam; they may span midnight. */
export type QuietHours = { from: number; to: number };

const MINUTES_OF_A_DAY = 1_440;
const MINUTE_MS = 60_000;
/** Viet Nam is at UTC+7 all year. */
const VIETNAM_OFFSET_MINUTES = 420;

/** Reads `21:00-07:00`; null if it is malformed or has no length. */
export function parseQuietHours(text: string): QuietHours | null {
  const [, ...parts] = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (parts.length === 0) return null;
  const [h1 = 0, m1 = 0, h2 = 0, m2 = 0] = parts.map(Number);
  const hours = { from: h1 * 60 + m1, to: h2 * 60 + m2 };
  return hours.from === hours.to ? null : hours;
}

/** End of the quiet hours that an instant lies in; null outside them. */
export function quietUntil(hours: QuietHours | null, now: Date): Date | null {
  if (!hours) return null;
  const minute = Math.floor(now.getTime() / MINUTE_MS) + VIETNAM_OFFSET_MINUTES;
  const passed = (minute - hours.from) % MINUTES_OF_A_DAY;
  const length = (hours.to - hours.from + MINUTES_OF_A_DAY) % MINUTES_OF_A_DAY;
  if (passed >= length) return null;
  return new Date((minute - VIETNAM_OFFSET_MINUTES + length - passed) * MINUTE_MS);
}
