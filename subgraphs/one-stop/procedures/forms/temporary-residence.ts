import { dwelling } from "./dwelling.ts";
import {
  address,
  choice,
  date,
  type Form,
  formOf,
  line,
  list,
  person,
  relationToHead,
  sampleAddress,
  samplePerson,
} from "./fields.ts";

const member = person("Thành viên", { "relationToHead?": relationToHead() });
const together = list("Những người cùng thay đổi", member, 0);
const stay = {
  person: person("Người tạm trú"),
  temporaryAddress: address("Nơi tạm trú"),
  "members?": together,
};
const sample = { person: samplePerson, temporaryAddress: sampleAddress };

/** Forms of temporary residence (tạm trú): Law on Residence 68/2020, art. 27 to 29, form CT01. */
export const temporaryResidenceForms: [string, Form][] = [
  formOf(
    "1.004194",
    "Tờ khai đăng ký tạm trú",
    {
      ...{ ...stay, "permanentAddress?": address("Nơi thường trú"), until: date("Tạm trú đến ngày"), dwelling },
      reason: line("Lý do tạm trú", 500),
    },
    { ...sample, until: "2027-11-23", dwelling: "RENTED", reason: "Làm việc tại khu công nghiệp" },
  ),
  formOf(
    "1.002755",
    "Tờ khai gia hạn tạm trú",
    { ...stay, until: date("Gia hạn đến ngày"), dwelling, "reason?": line("Lý do tạm trú", 500) },
    { ...sample, until: "2027-11-23", dwelling: "RENTED" },
  ),
  formOf(
    "1.010028",
    "Tờ khai xóa đăng ký tạm trú",
    {
      ...stay,
      reason: choice("Lý do xóa đăng ký", {
        DEATH: "Đã chết",
        DECLARED_MISSING: "Tòa án tuyên bố mất tích hoặc đã chết",
        REGISTRATION_CANCELLED: "Có quyết định hủy bỏ đăng ký tạm trú",
        ABSENCE: "Vắng mặt liên tục tại nơi tạm trú từ 06 tháng trở lên mà không đăng ký tạm trú tại chỗ ở khác",
        NATIONALITY_LOST: "Thôi, bị tước hoặc bị hủy quyết định nhập quốc tịch Việt Nam",
        PERMANENT_THERE: "Đã đăng ký thường trú tại nơi tạm trú",
        DWELLING_LOST: "Không còn chỗ ở hợp pháp tại nơi tạm trú",
      }),
      "details?": line("Nội dung chi tiết", 1_000),
    },
    { ...sample, reason: "DWELLING_LOST" },
  ),
];
