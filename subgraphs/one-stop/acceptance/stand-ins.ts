/** Stand-ins for values that the desk cannot read: each is well-formed and in no register. */
export const STAND_IN = {
  name: "Không rõ",
  text: "Không rõ",
  year: "1900",
  personalId: "000000000000",
  commune: "00000",
  facility: "00000",
} as const;
