import { language } from "../client/language.ts";

const vietnamese = {
  required: "bắt buộc",
  missing: "Chưa có thông tin này.",
  malformed: "Chưa đúng dạng.",
  choose: "– Chọn –",
  add: "Thêm",
  remove: "Bỏ",
  datePlaceholder: "ngày/tháng/năm",
  partialDatePlaceholder: "ngày/tháng/năm hoặc năm",
  item: (number: number) => `Mục ${number}`,
  choices: (count: number) => `${count} lựa chọn`,
};
const english: typeof vietnamese = {
  required: "required",
  missing: "This is missing.",
  malformed: "This does not have the right form.",
  choose: "– Choose –",
  add: "Add",
  remove: "Remove",
  datePlaceholder: "dd/mm/yyyy",
  partialDatePlaceholder: "dd/mm/yyyy or yyyy",
  item: (number) => `Item ${number}`,
  choices: (count) => `${count} choices`,
};
export const texts = language === "en" ? english : vietnamese;
