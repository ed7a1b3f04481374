/** A field of the synthetic data: JSON text, or the numbers of the objects it refers to. */
export type Field =
  | { kind: "leaf"; text(of: number): string }
  | { kind: "object"; type: string; number(of: number, given: Arguments): number }
  | { kind: "list"; type: string; numbers(of: number, given: Arguments): number[] };
export type Arguments = Record<string, unknown>;

const FAMILY_NAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi"];
const MIDDLE_NAMES = ["Thị", "Văn", "Minh", "Ngọc", "Hữu", "Thu", "Đức"];
const GIVEN_NAMES = ["Khôi", "Lan", "Hùng", "Mai", "Dũng", "Trang", "Quân", "Hạnh", "Phúc"];
const COMMUNES = ["phường Cái Khế", "phường Ninh Kiều", "xã Phong Điền", "xã Trường Long", "phường Ô Môn"];
const STREETS = ["Trần Hưng Đạo", "Nguyễn Trãi", "Lý Tự Trọng", "Hai Bà Trưng"];
const PROCEDURES = ["Đăng ký khai sinh", "Đăng ký thường trú", "Cấp thẻ bảo hiểm y tế"];
const STATES = ["IN_PROGRESS", "COMPLETED", "REFUSED"];

const pick = (list: string[], number: number) => list[number % list.length] ?? "";
const two = (number: number) => String(number).padStart(2, "0");
const day = (n: number, from: number, years: number) =>
  `${from + (n % years)}-${two(1 + (n % 12))}-${two(1 + (n % 28))}`;
const text = (write: (of: number) => string): Field => ({ kind: "leaf", text: (of) => `"${write(of)}"` });
const citizen = (number: (of: number) => number): Field => ({ kind: "object", type: "Citizen", number });
const run = (from: number, length: number, step = 1) => Array.from({ length }, (_, at) => from + at * step);

/** Synthetic data, computed from the object's number: nothing is stored and every response can be repeated. */
export const data: Record<string, Record<string, Field>> = {
  Query: {
    citizen: { kind: "object", type: "Citizen", number: (_, { id }) => numberOf(String(id)) },
    citizens: { kind: "list", type: "Citizen", numbers: (_, { from, first }) => run(Number(from), Number(first)) },
  },
  Citizen: {
    id: text((n) => `c${n}`),
    name: text((n) => `${pick(FAMILY_NAMES, n)} ${pick(MIDDLE_NAMES, n)} ${pick(GIVEN_NAMES, n)}`),
    born: text((n) => day(n, 1950, 70)),
    sex: text((n) => (n % 2 === 0 ? "FEMALE" : "MALE")),
    birth: { kind: "object", type: "Birth", number: (n) => n },
    household: { kind: "object", type: "Household", number: (n) => n },
    card: { kind: "object", type: "Card", number: (n) => n },
    dossiers: { kind: "list", type: "Dossier", numbers: (n, { first }) => run(n * 10, Number(first)) },
  },
  Birth: {
    number: text((n) => `${n % 900}/2026`),
    registeredOn: text((n) => day(n, 1950, 70)),
    place: text((n) => pick(COMMUNES, n)),
  },
  Household: {
    code: text((n) => `H${n}`),
    line: text((n) => `Số ${n % 300}, đường ${pick(STREETS, n)}`),
    commune: text((n) => pick(COMMUNES, n)),
    members: { kind: "list", type: "Citizen", numbers: (n) => run(n * 4, 4) },
  },
  Card: {
    number: text((n) => `TE192${String(n).padStart(10, "0")}`),
    validFrom: text((n) => day(n, 2024, 2)),
    validTo: text((n) => day(n, 2027, 3)),
    facility: { kind: "object", type: "Facility", number: (n) => Math.floor(n / 4) },
  },
  Facility: {
    code: text((n) => `F${n}`),
    name: text((n) => `Trung tâm Y tế ${pick(COMMUNES, n)} ${n}`),
    director: citizen((n) => n * 4 + 1),
  },
  Dossier: {
    code: text((n) => `D${n}`),
    state: text((n) => pick(STATES, n)),
    receivedAt: text((n) => `${day(n, 2025, 2)}T08:${two(n % 60)}:00+07:00`),
    officer: citizen((n) => Math.floor(n / 30)),
    parts: { kind: "list", type: "Part", numbers: (n) => run(n * 3, 3) },
  },
  Part: {
    id: text((n) => `P${n}`),
    procedure: text((n) => pick(PROCEDURES, n)),
    state: text((n) => pick(STATES, n)),
    fee: { kind: "leaf", text: (n) => String((n % 5) * 10_000) },
  },
};

/** The number in a key: a letter and then the number. */
export function numberOf(key: string): number {
  return Number(key.slice(1));
}
