import type { SeededRandom } from "./population-random.ts";

export type Sex = "MALE" | "FEMALE";
type Words = readonly [string, ...string[]];
type Forename = { middles: Words; givens: Words };
type Naming = { surnames: Words; MALE: Forename; FEMALE: Forename };

// every name contains one of these two words, "sample" and "trial", so that it cannot be a real person's
const MARKS = ["Mẫu", "Thử"] as const;

const KINH: Naming = {
  surnames: words(
    "Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Trương Đinh Lâm Mai Cao Tạ Đoàn Lương",
  ),
  MALE: {
    middles: words("Minh Hữu Đức Quốc Thanh Gia Hoàng Công Tuấn Anh Xuân Trọng"),
    givens: words(
      "An Bảo Bình Cường Dũng Duy Đạt Giang Hải Hào Hiếu Hoà Huy Hưng Khang Khoa Kiên Lâm Long Nam Nghĩa Nhân Phát Phong Phúc Quân Sơn Tài Thắng Thịnh Tín Toàn Trí Trung Tú Vinh Nghiệm",
    ),
  },
  FEMALE: {
    middles: words("Ngọc Thanh Thu Kim Mỹ Hồng Bích Phương Tuyết Minh Diễm Quỳnh"),
    givens: words(
      "Anh Ái Châu Chi Diễm Dung Duyên Giang Hà Hạnh Hân Hiền Hoa Huệ Hương Khánh Lan Liên Linh Loan Ly Mai My Ngân Nhi Nhung Oanh Phượng Quyên Tâm Thảo Thuý Thư Trâm Trinh Uyên Vân Vy Xuân Yến Nghiệm",
    ),
  },
};

const KHMER: Naming = {
  surnames: words("Thạch Sơn Kim Danh Kiên Châu Lâm"),
  MALE: { middles: words("Sa Minh Hoàng"), givens: words("Rinh Sóc Đa Khêm Phia Thi Thươl Hiền") },
  FEMALE: { middles: words("Sô Na Ngọc"), givens: words("Phia Ry Rây Sa Hoa Thia Duyên Lan") },
};

// surnames by ethnic group; forenames of the Kinh if none are given
const NAMINGS: Readonly<Record<string, Naming>> = {
  Khmer: KHMER,
  Hoa: { ...KINH, surnames: words("Lâm Trần Quách Vương Lý Mã Tăng La Trịnh Lưu") },
  Tày: { ...KINH, surnames: words("Hoàng Nông Lương Ma Bế Đàm Lục") },
  Nùng: { ...KINH, surnames: words("Nông Vi Hoàng Lý Lâm Mông") },
  Mường: { ...KINH, surnames: words("Bùi Quách Đinh Hà Bạch") },
  Thái: { ...KINH, surnames: words("Lò Cầm Quàng Lường Vi Tòng Hà") },
  Mông: { ...KINH, surnames: words("Vàng Giàng Sùng Thào Hờ Mùa Lầu") },
  Chăm: { ...KINH, surnames: words("Đàng Quảng Thiên Bá Thập Châu") },
  "Ê Đê": { ...KINH, surnames: words("Niê Mlô Êban Byă Kbuôr") },
  "Gia Rai": { ...KINH, surnames: words("Rơ Châm|Siu|Ksor|Rmah|Nay", "|") },
};

// ethnic groups other than the Kinh in a province, with a rounded share in percent; not a census
const PEOPLES: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  "04": [
    ["Tày", 45],
    ["Nùng", 35],
  ],
  "08": [
    ["Tày", 35],
    ["Mông", 20],
  ],
  "11": [
    ["Mông", 40],
    ["Thái", 40],
  ],
  "12": [
    ["Thái", 40],
    ["Mông", 25],
  ],
  "14": [
    ["Thái", 55],
    ["Mông", 15],
  ],
  "15": [
    ["Tày", 20],
    ["Mông", 20],
  ],
  "19": [
    ["Tày", 25],
    ["Nùng", 5],
  ],
  "20": [
    ["Nùng", 45],
    ["Tày", 35],
  ],
  "25": [["Mường", 30]],
  "38": [
    ["Mường", 10],
    ["Thái", 5],
  ],
  "40": [["Thái", 10]],
  "52": [["Gia Rai", 20]],
  "56": [["Chăm", 10]],
  "66": [["Ê Đê", 25]],
  "75": [["Hoa", 5]],
  "79": [["Hoa", 8]],
  "86": [["Khmer", 20]],
  "91": [
    ["Khmer", 12],
    ["Chăm", 2],
    ["Hoa", 2],
  ],
  "92": [
    ["Khmer", 8],
    ["Hoa", 3],
  ],
  "96": [
    ["Khmer", 6],
    ["Hoa", 3],
  ],
};

/** The ethnicity (dân tộc) of a seeded person of a province: "Kinh" for most. */
export function ethnicityIn(province: string, random: SeededRandom): string {
  let draw = random.below(100);
  for (const [people, share] of PEOPLES[province] ?? []) {
    if (draw < share) return people;
    draw -= share;
  }
  return "Kinh";
}

/** A surname of the ethnic group. */
export function syntheticSurname(ethnicity: string, random: SeededRandom): string {
  return random.pick((NAMINGS[ethnicity] ?? KINH).surnames);
}

/**
 * Full name (surname, middle names, given name; NFC) in the form of the ethnic group, with the word "Mẫu" or "Thử". Without a
 * `surname`, the group's surnames are drawn from.
 */
export function syntheticName(
  ethnicity: string,
  sex: Sex,
  random: SeededRandom,
  surname = syntheticSurname(ethnicity, random),
): string {
  const naming = NAMINGS[ethnicity] ?? KINH;
  const mark = random.pick(MARKS);
  const given = random.pick(naming[sex].givens);
  if (ethnicity === "Ê Đê") return sex === "FEMALE" ? `H’${mark} ${surname}` : `Y ${mark} ${surname}`;
  if (ethnicity === "Gia Rai") return sex === "FEMALE" ? `${surname} H’${mark}` : `${surname} ${mark}`;
  if (ethnicity === "Mông" && sex === "MALE") return `${surname} A ${mark}`;
  if (random.below(2) === 0) return `${surname} ${sex === "FEMALE" ? "Thị" : "Văn"} ${mark} ${given}`;
  return `${surname} ${mark} ${random.pick(naming[sex].middles)} ${given}`;
}

function words(list: string, separator = " "): Words {
  const [first = "", ...rest] = list.split(separator);
  return [first, ...rest];
}
