/**
 * Licences of trades that the business registry keeps: the Vietnamese name, the English one, the article that gives the term, the
 * longest term in months (null for none), and the days before its end by which a renewal is requested. The decrees on liquor and
 * tobacco may have been repealed since; licences issued under them stay in the register.
 */
export const LICENCE_KINDS = {
  LIQUOR_RETAIL: {
    vi: "Giấy phép bán lẻ rượu",
    en: "Licence to retail liquor",
    basis: "Decree 105/2017/NĐ-CP, art. 28",
    term: { months: 60, renewBeforeDays: 30 },
  },
  LIQUOR_WHOLESALE: {
    vi: "Giấy phép bán buôn, phân phối rượu",
    en: "Licence to wholesale and distribute liquor",
    basis: "Decree 105/2017/NĐ-CP, art. 28",
    term: { months: 60, renewBeforeDays: 30 },
  },
  TOBACCO_RETAIL: {
    vi: "Giấy phép bán lẻ sản phẩm thuốc lá",
    en: "Licence to retail tobacco",
    basis: "Decree 67/2013/NĐ-CP",
    term: { months: 60, renewBeforeDays: 30 },
  },
  FOOD_SAFETY: {
    vi: "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
    en: "Food safety certificate",
    basis: "Food Safety Law 2010, art. 37",
    term: { months: 36, renewBeforeDays: 180 },
  },
  SECURITY_ORDER: {
    vi: "Giấy chứng nhận đủ điều kiện về an ninh, trật tự",
    en: "Certificate of security and order",
    basis: "Decree 96/2016/NĐ-CP, art. 15",
    term: { months: null, renewBeforeDays: 0 },
  },
  KARAOKE: {
    vi: "Giấy phép đủ điều kiện kinh doanh karaoke, vũ trường",
    en: "Licence for karaoke and dancing",
    basis: "Decree 54/2019/NĐ-CP",
    term: { months: null, renewBeforeDays: 0 },
  },
  PETROL_RETAIL: {
    vi: "Giấy chứng nhận cửa hàng đủ điều kiện bán lẻ xăng dầu",
    en: "Certificate to retail petrol",
    basis: "Decree 83/2014/NĐ-CP",
    term: { months: 60, renewBeforeDays: 30 },
  },
  VIDEO_GAMES: {
    vi: "Giấy chứng nhận đủ điều kiện điểm cung cấp dịch vụ trò chơi điện tử công cộng",
    en: "Certificate for a public video-game place",
    basis: "Decree 147/2024/NĐ-CP",
    term: { months: 36, renewBeforeDays: 20 },
  },
  REPRESENTATIVE_OFFICE: {
    vi: "Giấy phép thành lập văn phòng đại diện thương nhân nước ngoài",
    en: "Licence for a foreign trader's representative office",
    basis: "Decree 07/2016/NĐ-CP",
    term: { months: 60, renewBeforeDays: 30 },
  },
  WATER_EXTRACTION: {
    vi: "Giấy phép khai thác nước",
    en: "Licence to extract water",
    basis: "Decree 54/2024/NĐ-CP",
    term: { months: 120, renewBeforeDays: 45 },
  },
} as const;

export type LicenceKind = keyof typeof LICENCE_KINDS;
export const licenceKinds = Object.keys(LICENCE_KINDS) as [LicenceKind, ...LicenceKind[]]; // Object.keys loses the literal types of a const object

/** Longest time from the last day to request a renewal to the end of the term, as the database allows it. */
export const LONGEST_RENEWAL_DAYS = 366;
