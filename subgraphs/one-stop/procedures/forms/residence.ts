import {
  address,
  choice,
  date,
  type Form,
  formOf,
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
const together = list("Những người cùng thay đổi", person("Thành viên", { relationToHead: relationToHead() }), 0);
const inHousehold = {
  ...{ headName: otherPerson.fullName, headPersonalId: otherPerson.personalId, relationToHead: "WIFE" },
};
const dwelling = choice("Loại chỗ ở hợp pháp", {
  OWNED: "Chỗ ở thuộc quyền sở hữu của mình",
  RENTED: "Chỗ ở do thuê",
  BORROWED: "Chỗ ở do mượn, ở nhờ",
  JOINED: "Về ở với chủ hộ được chủ hộ, chủ sở hữu đồng ý",
});

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
    "1.004194",
    "Tờ khai đăng ký tạm trú",
    {
      person: person("Người đăng ký tạm trú"),
      permanentAddress: address("Nơi thường trú"),
      temporaryAddress: address("Nơi đăng ký tạm trú"),
      until: date("Tạm trú đến ngày"),
      dwelling,
      "members?": together,
      reason: line("Lý do tạm trú", 500),
    },
    {
      ...{
        person: samplePerson,
        permanentAddress: sampleAddress,
        temporaryAddress: sampleAddress,
        until: "2027-11-23",
      },
      ...{ dwelling: "RENTED", reason: "Làm việc tại khu công nghiệp" },
    },
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
