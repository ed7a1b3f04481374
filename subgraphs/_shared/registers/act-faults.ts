import type { Fault } from "../reference/identifiers/parsed.ts";

/** Problems that acts of every register have in common. */

export function idempotencyConflict(): Fault {
  return {
    code: "IDEMPOTENCY_CONFLICT",
    message: "Khóa chống trùng này đã được dùng cho một nội dung khác; đề nghị dùng khóa mới",
    messageEn: "This idempotency key was used with another body; use a new key",
  };
}

export function tooManyEntries(most: number): Fault {
  return {
    code: "TOO_MANY_ENTRIES",
    message: `Mỗi danh sách có tối đa ${most} mục; đề nghị chia thành nhiều yêu cầu`,
    messageEn: `A list has at most ${most} entries; use several requests`,
  };
}
