/**
 * Coding of an SMS: `gsm` is the GSM default alphabet (3GPP TS 23.038, 6.2.1), for which Vietnamese loses its diacritics; `ucs2`
 * keeps them in two bytes for each character.
 */
export type SmsCoding = "gsm" | "ucs2";

/** Longest text of one SMS: 140 bytes are 160 septets or 70 characters of UCS-2. */
export const LONGEST_SMS: Readonly<Record<SmsCoding, number>> = { gsm: 160, ucs2: 70 };

/** Letters of ASCII that the GSM default alphabet has at one septet. */
const GSM = /^[A-Za-z0-9 \r\n@$_!"#%&'()*+,\-./:;<=>?]*$/;

/** A text without diacritics, as people write Vietnamese on phones that have none. */
export function withoutDiacritics(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D");
}

/** Coding of a text: a text that loses nothing goes out as GSM, because it is cheaper and longer. */
export function codingOf(text: string, wanted: SmsCoding): SmsCoding {
  return GSM.test(text) ? "gsm" : wanted;
}

/** The text as it is sent in the wanted coding. */
export function coded(text: string, wanted: SmsCoding): string {
  return wanted === "gsm" ? withoutDiacritics(text) : text.normalize("NFC");
}

export function fitsOneSms(text: string, wanted: SmsCoding): boolean {
  const sent = coded(text, wanted);
  const coding = codingOf(sent, wanted);
  return (coding === "ucs2" || GSM.test(sent)) && sent.length <= LONGEST_SMS[coding];
}
