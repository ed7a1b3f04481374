import { choice } from "./fields.ts";

/** Right by which a person lives at an address, form CT01. */
export const dwelling = choice("Loại chỗ ở hợp pháp", {
  OWNED: "Chỗ ở thuộc quyền sở hữu của mình",
  RENTED: "Chỗ ở do thuê",
  BORROWED: "Chỗ ở do mượn, ở nhờ",
  JOINED: "Về ở với chủ hộ được chủ hộ, chủ sở hữu đồng ý",
});
