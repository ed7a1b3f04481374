/**
 * What the agencies are asked about in place of a value that the desk cannot read: each well-formed, none in any register,
 * so that one slip of the pen does not hide what the agencies say about the rest.
 */
export const STAND_IN = {
  name: "Không rõ",
  text: "Không rõ",
  year: "1900",
  personalId: "000000000000",
  birthNotice: "00000.GCS.00000.00",
  commune: "00000",
  facility: "00000",
} as const;
