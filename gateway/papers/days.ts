import { dayText } from "../pages/instants.ts";

/** A day as administrative papers write it (Decree 30/2020/NĐ-CP): a zero before days below 10 and before January and February. */
export function formalDay(iso: string): string {
  const [year = "", month = "", day = ""] = iso.slice(0, 10).split("-");
  return `ngày ${day} tháng ${Number(month) < 3 ? month : Number(month)} năm ${year}`;
}

/** An instant of the graph, which has the offset +07:00, to the minute. */
export function writtenInstant(iso: string): string {
  return `${iso.slice(11, 13)} giờ ${iso.slice(14, 16)} phút, ${formalDay(iso)}`;
}

/** An appointment: the end of a day, unless an hour is due. */
export function appointment(iso: string): string {
  return isEndOfDay(iso) ? `chậm nhất ${formalDay(iso)}` : writtenInstant(iso);
}

export function shortAppointment(iso: string): string {
  return isEndOfDay(iso) ? dayText(iso, "vi") : `${iso.slice(11, 16)}, ${dayText(iso, "vi")}`;
}

function isEndOfDay(iso: string): boolean {
  return iso.slice(11, 19) === "23:59:59";
}
