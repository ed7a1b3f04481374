const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/** A whole date in words, as certificates have it: ngày mười sáu, tháng mười một, năm hai nghìn không trăm hai mươi sáu. */
export function dateInWords(iso: string): string {
  const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
  // the fourth month has its own name
  return `ngày ${numberInWords(day)}, tháng ${month === 4 ? "tư" : numberInWords(month)}, năm ${yearInWords(year)}`;
}

function yearInWords(year: number): string {
  const hundreds = Math.floor((year % 1000) / 100);
  const rest = year % 100;
  const thousands = `${digit(Math.floor(year / 1000))} nghìn`;
  if (hundreds === 0 && rest === 0) return thousands;
  const tail = rest === 0 ? "" : rest < 10 ? ` linh ${digit(rest)}` : ` ${numberInWords(rest)}`;
  return `${thousands} ${digit(hundreds)} trăm${tail}`;
}

/** A number from 1 to 99. Its last digit changes after a ten: mốt for một, lăm for năm; tư for bốn is as usual as bốn. */
function numberInWords(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  if (tens === 0) return digit(ones);
  const ten = tens === 1 ? "mười" : `${digit(tens)} mươi`;
  if (ones === 0) return ten;
  if (ones === 5) return `${ten} lăm`;
  return ones === 1 && tens > 1 ? `${ten} mốt` : `${ten} ${digit(ones)}`;
}

function digit(value: number): string {
  return DIGITS[value] ?? "";
}
