import {
  address,
  choice,
  date,
  type Form,
  formOf,
  group,
  HOUSEHOLD_BUSINESS_PATTERN,
  line,
  list,
  money,
  otherPerson,
  partialDate,
  pattern,
  person,
  personalId,
  phone,
  sampleAddress,
  samplePerson,
} from "./fields.ts";

const FACILITY = "^\\d{5}$";
/** A household business or an enterprise. */
const BUSINESS_PATTERN = "^(\\d{12}|\\d{10}(-\\d{3})?|\\d{2}[A-Z]\\d{7})$";
const SECTOR = "^\\d{4}$";
const business = {
  code: pattern("Mã số hộ kinh doanh", HOUSEHOLD_BUSINESS_PATTERN),
  name: line("Tên hộ kinh doanh"),
  owner: person("Chủ hộ kinh doanh"),
};
const premises = {
  code: pattern("Mã số hộ kinh doanh, doanh nghiệp", BUSINESS_PATTERN),
  name: line("Tên cơ sở"),
  address: address("Địa chỉ cơ sở"),
  activity: line("Hoạt động đề nghị cấp phép", 500),
};
const shop = { code: "093190000017", name: "Hộ kinh doanh Tạp hóa Mẫu", owner: samplePerson };

const parent = (title: string) => group(title, { fullName: line("Họ, chữ đệm, tên", 150), personalId: personalId() });

/** Forms of health-insurance procedures (bảo hiểm y tế): Law on Health Insurance 25/2008/QH12. */
export const healthInsuranceForms: [string, Form][] = [
  formOf(
    "1.014137",
    "Tờ khai tham gia, điều chỉnh thông tin bảo hiểm y tế để cấp thẻ",
    {
      insured: person("Người được cấp thẻ"),
      group: choice("Nhóm đối tượng", {
        TE: "Trẻ em dưới 6 tuổi",
        HS: "Học sinh",
        SV: "Sinh viên",
        GD: "Hộ gia đình",
        HN: "Hộ nghèo",
        OTHER: "Nhóm khác",
      }),
      "mother?": parent("Người mẹ"),
      "father?": parent("Người cha"),
      residence: address("Nơi cư trú"),
      facility: pattern("Mã nơi đăng ký khám chữa bệnh ban đầu", FACILITY),
      "phone?": phone(),
    },
    { insured: samplePerson, group: "GD", residence: sampleAddress, facility: "93012", phone: "0912 345 678" },
  ),
  formOf(
    "1.002759",
    "Tờ khai cấp lại, đổi, điều chỉnh thông tin trên sổ, thẻ bảo hiểm",
    {
      insured: person("Người tham gia"),
      paper: choice("Giấy tờ đề nghị", { CARD: "Thẻ bảo hiểm y tế", BOOK: "Sổ bảo hiểm xã hội" }),
      request: choice("Nội dung đề nghị", {
        REISSUE: "Cấp lại do mất, hỏng",
        CHANGE: "Đổi thẻ",
        CORRECT: "Điều chỉnh thông tin",
        FACILITY: "Đổi nơi đăng ký khám chữa bệnh ban đầu",
      }),
      "facility?": pattern("Mã nơi đăng ký khám chữa bệnh ban đầu", FACILITY),
      "reason?": choice("Lý do đổi nơi đăng ký khám chữa bệnh ban đầu", {
        REQUEST: "Theo nguyện vọng",
        MOVE: "Thay đổi nơi cư trú, nơi làm việc",
      }),
      "corrected?": group("Thông tin đúng để điều chỉnh trên thẻ", {
        fullName: line("Họ, chữ đệm, tên", 150),
        dateOfBirth: partialDate("Ngày, tháng, năm sinh"),
      }),
      details: line("Nội dung chi tiết", 1_000),
    },
    { insured: samplePerson, paper: "CARD", request: "FACILITY", facility: "93012", details: "Chuyển nơi cư trú" },
  ),
];

/** Forms of household businesses (hộ kinh doanh): Decree 168/2025/NĐ-CP. */
export const businessForms: [string, Form][] = [
  formOf(
    "1.001612",
    "Giấy đề nghị đăng ký hộ kinh doanh",
    {
      name: line("Tên hộ kinh doanh"),
      address: address("Địa chỉ trụ sở"),
      "phone?": phone(),
      sectors: list("Ngành, nghề kinh doanh", pattern("Mã ngành cấp 4", SECTOR)),
      capital: money("Vốn kinh doanh (đồng)"),
      owner: person("Chủ hộ kinh doanh"),
      members: list("Thành viên hộ gia đình tham gia", person("Thành viên"), 0),
    },
    {
      ...{ name: shop.name, address: sampleAddress, phone: "0912345678", sectors: ["4711"] },
      ...{ capital: 50_000_000, owner: samplePerson, members: [otherPerson] },
    },
  ),
  formOf(
    "2.000720",
    "Thông báo thay đổi nội dung đăng ký hộ kinh doanh",
    {
      ...business,
      changes: list(
        "Nội dung thay đổi",
        group("Thay đổi", {
          field: choice("Nội dung", {
            NAME: "Tên hộ kinh doanh",
            ADDRESS: "Địa chỉ trụ sở",
            OWNER: "Chủ hộ kinh doanh",
            SECTORS: "Ngành, nghề kinh doanh",
            CAPITAL: "Vốn kinh doanh",
          }),
          newValue: line("Nội dung sau khi thay đổi", 500),
          "address?": address("Địa chỉ trụ sở sau khi thay đổi"),
          "sectors?": list("Ngành, nghề kinh doanh sau khi thay đổi", pattern("Mã ngành cấp 4", SECTOR)),
        }),
        1,
        5,
      ),
    },
    { ...shop, changes: [{ field: "OWNER", newValue: "Trần Văn Mẫu, số định danh cá nhân 093088000023" }] },
  ),
  formOf(
    "1.001570",
    "Thông báo tạm ngừng kinh doanh, tiếp tục kinh doanh của hộ kinh doanh",
    {
      ...business,
      request: choice("Nội dung thông báo", {
        SUSPEND: "Tạm ngừng kinh doanh",
        RESUME: "Tiếp tục kinh doanh trước thời hạn đã thông báo",
      }),
      from: date("Từ ngày"),
      "until?": date("Đến ngày"),
      reason: line("Lý do", 500),
    },
    { ...shop, request: "SUSPEND", from: "2026-12-01", until: "2027-03-01", reason: "Sửa chữa cửa hàng" },
  ),
  formOf(
    "1.001266",
    "Thông báo chấm dứt hoạt động hộ kinh doanh",
    {
      ...business,
      endsOn: date("Ngày chấm dứt hoạt động"),
      reason: line("Lý do", 500),
      taxState: choice("Tình trạng nghĩa vụ thuế", { SETTLED: "Đã hoàn thành", PENDING: "Đang thực hiện" }),
    },
    { ...shop, endsOn: "2026-12-31", reason: "Chuyển nơi cư trú", taxState: "SETTLED" },
  ),
];

/** Procedures that issue a licence to the premises of a business. */
const LICENCES = {
  "2.000117": "Đơn đề nghị cấp Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
  "2.001827": "Đơn đề nghị cấp Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm nông, lâm, thủy sản",
  "1.014230": "Đơn đề nghị cấp Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
  "3.000243": "Văn bản đề nghị cấp Giấy chứng nhận đủ điều kiện về an ninh, trật tự",
  "2.001478": "Văn bản đề nghị cấp Giấy chứng nhận đủ điều kiện về an ninh, trật tự",
  "2.000648": "Đơn đề nghị cấp Giấy chứng nhận cửa hàng đủ điều kiện bán lẻ xăng dầu",
  "1.001029": "Đơn đề nghị cấp Giấy phép đủ điều kiện kinh doanh dịch vụ karaoke",
};

/** Forms of licences to trade (giấy phép, giấy chứng nhận đủ điều kiện kinh doanh). */
export const licenceForms: [string, Form][] = Object.entries(LICENCES).map(([code, title]) =>
  formOf(code, title, premises, {
    ...{ code: shop.code, name: shop.name, address: sampleAddress },
    activity: "Hoạt động theo ngành, nghề đã đăng ký",
  }),
);
