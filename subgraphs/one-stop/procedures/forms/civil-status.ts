import {
  address,
  anyPerson,
  choice,
  commune,
  count,
  date,
  type Form,
  formOf,
  group,
  line,
  NATIONALITY_PATTERN,
  otherPerson,
  pattern,
  person,
  relationToChild,
  sampleAddress,
  samplePerson,
  sex,
  yesNo,
} from "./fields.ts";

const NOTICE = "^\\d{5}\\.GCS\\.\\d{5}\\.\\d{2}$";
const mother = { ...samplePerson, ethnicity: "Kinh", nationality: "VNM" };
const father = { ...otherPerson, ethnicity: "Kinh", nationality: "VNM" };
const newborn = {
  fullName: "Trần Minh Mẫu",
  sex: "MALE",
  dateOfBirth: "2026-11-16",
  placeOfBirth: "Trung tâm Y tế khu vực (mẫu)",
  communeOfBirth: "31471",
  ethnicity: "Kinh",
  nationality: "VNM",
};
const newbornFields = {
  fullName: line("Họ, chữ đệm, tên của trẻ", 150),
  sex: sex(),
  dateOfBirth: date("Ngày, tháng, năm sinh của trẻ"),
  placeOfBirth: line("Nơi sinh"),
  communeOfBirth: commune("Mã xã, phường, đặc khu nơi sinh"),
  ethnicity: line("Dân tộc", 50),
  nationality: pattern("Quốc tịch", "^[A-Z]{3}$"),
};
/** Facts of a person that the register keeps. Without them officers decide. */
const recorded = {
  "ethnicity?": line("Dân tộc", 50),
  "nationality?": pattern("Quốc tịch", NATIONALITY_PATTERN),
};
const UNMARRIED = {
  NEVER_MARRIED: "Chưa đăng ký kết hôn với ai",
  DIVORCED: "Đã ly hôn và chưa đăng ký kết hôn với ai",
  WIDOWED: "Vợ hoặc chồng đã chết và chưa đăng ký kết hôn với ai",
};
const statusBefore = (title: string) => choice(title, UNMARRIED);
const registered = {
  kind: choice("Loại việc hộ tịch", {
    BIRTH: "Khai sinh",
    MARRIAGE: "Kết hôn",
    DEATH: "Khai tử",
    GUARDIANSHIP: "Giám hộ",
    ACKNOWLEDGEMENT: "Nhận cha, mẹ, con",
    CHANGE: "Thay đổi, cải chính hộ tịch",
  }),
  "number?": line("Số đăng ký", 30),
  registeredAt: line("Nơi đã đăng ký"),
};

/** Forms of civil-status procedures (hộ tịch): Law on Civil Status 60/2014, Decree 123/2015/NĐ-CP. */
export const civilStatusForms: [string, Form][] = [
  formOf(
    "1.001193",
    "Tờ khai đăng ký khai sinh",
    {
      ...newbornFields,
      "birthNotice?": pattern("Số giấy chứng sinh", NOTICE),
      "withoutNotice?": line("Lời chứng hoặc cam đoan về việc sinh khi không có giấy chứng sinh", 2_000),
      "mother?": anyPerson("Người mẹ"),
      "father?": anyPerson("Người cha"),
      relation: relationToChild(),
      "copies?": count("Số bản sao giấy khai sinh", 0, 50),
    },
    { ...newborn, birthNotice: "00123.GCS.93012.26", mother, father, relation: "MOTHER", copies: 1 },
  ),
  formOf(
    "1.000689",
    "Tờ khai đăng ký khai sinh kết hợp nhận cha, mẹ, con",
    {
      ...newbornFields,
      "birthNotice?": pattern("Số giấy chứng sinh", NOTICE),
      mother: anyPerson("Người mẹ"),
      father: anyPerson("Người cha"),
      evidence: choice("Chứng cứ chứng minh quan hệ cha, mẹ, con", {
        EXPERTISE: "Văn bản của cơ quan y tế, cơ quan giám định",
        UNDERTAKING: "Văn bản cam đoan có ít nhất hai người làm chứng",
      }),
    },
    { ...newborn, birthNotice: "00123.GCS.93012.26", mother, father, evidence: "EXPERTISE" },
  ),
  formOf(
    "1.000656",
    "Tờ khai đăng ký khai tử",
    {
      deceased: person("Người chết", recorded),
      diedOn: date("Ngày, tháng, năm chết"),
      "diedAt?": pattern("Giờ, phút chết", "^([01]\\d|2[0-3]):[0-5]\\d$"),
      placeOfDeath: line("Nơi chết"),
      "communeOfDeath?": commune("Mã xã, phường, đặc khu nơi chết"),
      cause: line("Nguyên nhân chết"),
      lastResidence: address("Nơi cư trú cuối cùng"),
      "noticeNumber?": line("Số giấy báo tử hoặc giấy tờ thay thế", 50),
      "noticeIssuedOn?": date("Ngày cấp giấy báo tử"),
      "noticeIssuer?": line("Cơ quan cấp giấy báo tử"),
      "withoutNotice?": line("Giấy tờ, lời chứng thay giấy báo tử"),
      relation: line("Quan hệ của người yêu cầu với người chết", 100),
    },
    {
      ...{ deceased: otherPerson, diedOn: "2026-11-20", diedAt: "14:05", placeOfDeath: "Tại nhà riêng" },
      ...{ cause: "Tuổi già", lastResidence: sampleAddress, noticeNumber: "12/2026", relation: "Con đẻ" },
    },
  ),
  formOf(
    "1.000894",
    "Tờ khai đăng ký kết hôn",
    {
      groom: anyPerson("Bên nam"),
      bride: anyPerson("Bên nữ"),
      groomResidence: address("Nơi cư trú của bên nam"),
      brideResidence: address("Nơi cư trú của bên nữ"),
      "groomMaritalStatus?": statusBefore("Tình trạng hôn nhân của bên nam"),
      "brideMaritalStatus?": statusBefore("Tình trạng hôn nhân của bên nữ"),
      groomMarriageCount: count("Lần kết hôn thứ mấy của bên nam", 1, 20),
      brideMarriageCount: count("Lần kết hôn thứ mấy của bên nữ", 1, 20),
      isVoluntary: yesNo("Hai bên tự nguyện kết hôn và cam đoan những nội dung trên là đúng sự thật"),
    },
    {
      ...{ groom: father, bride: mother, groomResidence: sampleAddress, brideResidence: sampleAddress },
      ...{ groomMarriageCount: 1, brideMarriageCount: 1, isVoluntary: true },
    },
  ),
  formOf(
    "1.004873",
    "Tờ khai cấp giấy xác nhận tình trạng hôn nhân",
    {
      person: person("Người được xác nhận", recorded),
      residence: address("Nơi cư trú"),
      maritalStatus: choice("Tình trạng hôn nhân", { ...UNMARRIED, MARRIED: "Hiện đang có vợ hoặc chồng" }),
      period: group("Thời gian cần xác nhận", { from: date("Từ ngày"), to: date("Đến ngày") }),
      purpose: line("Mục đích sử dụng giấy xác nhận", 500),
    },
    {
      ...{ person: samplePerson, residence: sampleAddress, maritalStatus: "NEVER_MARRIED" },
      ...{ period: { from: "2008-05-01", to: "2026-11-23" }, purpose: "Để đăng ký kết hôn" },
    },
  ),
  formOf(
    "1.004884",
    "Tờ khai đăng ký lại khai sinh",
    {
      ...newbornFields,
      "mother?": anyPerson("Người mẹ"),
      "father?": anyPerson("Người cha"),
      formerRegistration: line("Nơi đã đăng ký khai sinh trước đây"),
      "formerNumber?": line("Số đăng ký khai sinh trước đây", 30),
      lossReason: line("Lý do không còn bản chính và sổ hộ tịch", 500),
    },
    {
      ...{ ...newborn, dateOfBirth: "1990-05-01", mother, father },
      ...{ formerRegistration: "Ủy ban nhân dân xã (mẫu)", lossReason: "Sổ hộ tịch bị mất do lũ lụt" },
    },
  ),
  formOf(
    "2.000635",
    "Tờ khai cấp bản sao trích lục hộ tịch, bản sao giấy khai sinh",
    { person: person("Người có việc hộ tịch"), ...registered, copies: count("Số lượng bản sao", 1, 50) },
    { person: samplePerson, kind: "BIRTH", number: "123/1990", registeredAt: "Ủy ban nhân dân xã (mẫu)", copies: 2 },
  ),
];
