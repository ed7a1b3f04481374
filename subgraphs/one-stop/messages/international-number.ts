/** A stored phone number as E.164 without the plus sign. */
export function internationalNumber(phone: string): string {
  return phone.startsWith("+") ? phone.slice(1) : phone.replace(/^0/, "84");
}
