import { language } from "../client/language.ts";

const vietnamese = {
  what: "Trang này hỏi cổng GraphQL với mã truy cập của cổng dịch vụ công tỉnh, không có lối đi riêng và không hỏi tên, số định danh hay số điện thoại của ai.",
  feed: "Dòng thay đổi",
  behind: (count: number) => `Đang đọc các thay đổi đã có: ${count}`,
  live: (count: number) => `Trực tiếp · ${count} thay đổi`,
  skipped: (count: number) => `Đã có hơn ${count} thay đổi; từ đây chỉ theo dõi thay đổi mới.`,
  broken: "Mất kết nối, đang nối lại từ thay đổi cuối cùng đã nhận",
  nothing: "Chưa có thay đổi nào.",
  send: "Gửi một hồ sơ ở trang đầu",
  byState: "Hồ sơ theo trạng thái",
  search: "Tìm hồ sơ",
  searchHint: "mã hồ sơ, tên, bốn số cuối điện thoại",
  found: (rows: number, count: string) => `${rows} hồ sơ mới nhận nhất trong ${count} hồ sơ`,
  columns: { code: "Mã hồ sơ", what: "Việc", office: "Nơi nhận", due: "Hẹn trả", state: "Trạng thái" },
  overdue: "quá hạn",
  notRead: "Chưa đọc được từ cổng",
  signOut: "Đăng xuất",
  code: "Mã nguồn",
  codeHint: "Trang này chạy đúng tệp sau đây.",
};

const english: typeof vietnamese = {
  what: "This page asks the graph with the token of a provincial portal. It has no private door and asks for nobody's name, personal number or phone.",
  feed: "Change feed",
  behind: (count) => `Reading the changes so far: ${count}`,
  live: (count) => `Live · ${count} changes`,
  skipped: (count) => `There are more than ${count} changes already; from here on only new ones are followed.`,
  broken: "The line broke; connecting again after the last change received",
  nothing: "No change yet.",
  send: "Send a dossier on the front page",
  byState: "Dossiers by state",
  search: "Find a dossier",
  searchHint: "code, name, last four digits of the phone",
  found: (rows, count) => `The last ${rows} of ${count} dossiers`,
  columns: { code: "Code", what: "Matter", office: "Office", due: "Due", state: "State" },
  overdue: "overdue",
  notRead: "Not read from the gateway",
  signOut: "Sign out",
  code: "Source code",
  codeHint: "The page runs this very file.",
};

export const texts = language === "en" ? english : vietnamese;
