import { dwelling } from "./dwelling.ts";
import {
  address,
  choice,
  date,
  type Form,
  formOf,
  group,
  line,
  list,
  otherPerson,
  person,
  personalId,
  relationToHead,
  sampleAddress,
  samplePerson,
  yesNo,
} from "./fields.ts";

const household = {
  headName: line("Họ, chữ đệm, tên chủ hộ", 150),
  headPersonalId: personalId("Số định danh cá nhân của chủ hộ"),
  relationToHead: relationToHead(),
};
const memberRelation = group("Thành viên", { personalId: personalId(), relationToHead: relationToHead() });
const newHead = (title: string) =>
  group(title, {
    personalId: personalId("Số định danh cá nhân của chủ hộ mới"),
    relations: list("Quan hệ của từng thành viên khác với chủ hộ mới", memberRelation, 0),
  });
const together = list("Những người cùng thay đổi", person("Thành viên", { relationToHead: relationToHead() }), 0);
const inHousehold = {
  ...{ headName: otherPerson.fullName, headPersonalId: otherPerson.personalId, relationToHead: "WIFE" },
};

/** Forms of residence and identity procedures (cư trú, căn cước): Law on Residence 68/2020, form CT01. */
export const residenceForms: [string, Form][] = [
  formOf(
    "1.004222",
    "Tờ khai đăng ký thường trú",
    {
      person: person("Người đăng ký thường trú"),
      newAddress: address("Nơi đăng ký thường trú"),
      "formerAddress?": address("Nơi thường trú trước đây"),
      dwelling,
      ...household,
      "members?": together,
      "newHeads?": list("Chủ hộ mới của hộ cũ, nếu chủ hộ chuyển đi và hộ còn thành viên", newHead("Chủ hộ mới"), 0),
      hasConsent: yesNo("Chủ hộ, chủ sở hữu chỗ ở đã đồng ý"),
    },
    {
      person: samplePerson,
      newAddress: sampleAddress,
      dwelling: "JOINED",
      ...inHousehold,
      members: [],
      hasConsent: true,
    },
  ),
  formOf(
    "1.010038",
    "Tờ khai tách hộ",
    {
      person: person("Người đề nghị tách hộ, là chủ hộ của hộ mới"),
      "members?": list(
        "Những người cùng tách hộ",
        person("Thành viên", { relationToHead: relationToHead("Quan hệ với chủ hộ mới") }),
        0,
      ),
      "newHead?": newHead("Chủ hộ của những người ở lại, nếu chủ hộ tách đi"),
      hasConsent: yesNo("Chủ hộ, chủ sở hữu chỗ ở đã đồng ý"),
      reason: line("Lý do tách hộ", 500),
    },
    { person: samplePerson, hasConsent: true, reason: "Lập gia đình riêng" },
  ),
  formOf(
    "1.003197",
    "Tờ khai xóa đăng ký thường trú",
    {
      person: person("Người bị xóa đăng ký thường trú"),
      address: address("Nơi thường trú"),
      reason: choice("Lý do xóa đăng ký", {
        DEAD: "Đã chết hoặc Tòa án tuyên bố đã chết, mất tích",
        ABROAD: "Ra nước ngoài để định cư",
        MOVED: "Vắng mặt liên tục tại nơi thường trú từ 12 tháng trở lên mà không đăng ký tạm trú",
        CITIZENSHIP: "Thôi, bị tước hoặc bị hủy quyết định nhập quốc tịch Việt Nam",
        DWELLING: "Không còn chỗ ở hợp pháp tại nơi thường trú",
      }),
      from: date("Kể từ ngày"),
      "newHead?": newHead("Chủ hộ mới, nếu người bị xóa là chủ hộ và hộ còn thành viên khác"),
    },
    { person: samplePerson, address: sampleAddress, reason: "ABROAD", from: "2026-11-01" },
  ),
  formOf(
    "1.010041",
    "Tờ khai đề nghị xác nhận thông tin về cư trú",
    {
      person: person("Người đề nghị"),
      address: address("Nơi cư trú"),
      content: list(
        "Nội dung đề nghị xác nhận",
        choice("Nội dung", {
          CURRENT: "Nơi cư trú hiện tại",
          FORMER: "Nơi cư trú trước đây",
          HOUSEHOLD: "Quan hệ với các thành viên trong hộ",
          PERIOD: "Thời gian cư trú",
        }),
        1,
        4,
      ),
      purpose: line("Mục đích sử dụng", 500),
    },
    { person: samplePerson, address: sampleAddress, content: ["CURRENT", "PERIOD"], purpose: "Bổ túc hồ sơ xin việc" },
  ),
  formOf(
    "1.014062",
    "Phiếu đề nghị cấp thẻ căn cước cho người dưới 14 tuổi",
    {
      child: person("Người được cấp thẻ"),
      representative: person("Người đại diện hợp pháp"),
      relation: choice("Quan hệ của người đại diện", { MOTHER: "Mẹ", FATHER: "Cha", GUARDIAN: "Người giám hộ" }),
      delivery: choice("Nơi nhận thẻ", { OFFICE: "Tại cơ quan Công an", POST: "Qua bưu chính" }),
      "deliveryAddress?": address("Địa chỉ nhận thẻ"),
    },
    {
      child: { fullName: "Trần Minh Mẫu", dateOfBirth: "2020-03-15", personalId: "093220000017" },
      ...{ representative: samplePerson, relation: "MOTHER", delivery: "OFFICE" },
    },
  ),
];
