/**
 * Licences of trades that the business registry keeps: the Vietnamese name, the English one, and the article that gives the
 * term. The decrees on liquor and tobacco may have been repealed since; licences issued under them stay in the register.
 */
export const LICENCE_KINDS = {
  LIQUOR_RETAIL: {
    vi: "Giấy phép bán lẻ rượu",
    en: "Licence to retail liquor",
    basis: "Decree 105/2017/NĐ-CP, art. 28",
  },
  LIQUOR_WHOLESALE: {
    vi: "Giấy phép bán buôn, phân phối rượu",
    en: "Licence to wholesale and distribute liquor",
    basis: "Decree 105/2017/NĐ-CP, art. 28",
  },
  TOBACCO_RETAIL: {
    vi: "Giấy phép bán lẻ sản phẩm thuốc lá",
    en: "Licence to retail tobacco",
    basis: "Decree 67/2013/NĐ-CP",
  },
  FOOD_SAFETY: {
    vi: "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
    en: "Food safety certificate",
    basis: "Food Safety Law 2010, art. 37",
  },
  SECURITY_ORDER: {
    vi: "Giấy chứng nhận đủ điều kiện về an ninh, trật tự",
    en: "Certificate of security and order",
    basis: "Decree 96/2016/NĐ-CP, art. 15",
  },
  KARAOKE: {
    vi: "Giấy phép đủ điều kiện kinh doanh karaoke, vũ trường",
    en: "Licence for karaoke and dancing",
    basis: "Decree 54/2019/NĐ-CP",
  },
  PETROL_RETAIL: {
    vi: "Giấy chứng nhận cửa hàng đủ điều kiện bán lẻ xăng dầu",
    en: "Certificate to retail petrol",
    basis: "Decree 83/2014/NĐ-CP",
  },
  VIDEO_GAMES: {
    vi: "Giấy chứng nhận đủ điều kiện điểm cung cấp dịch vụ trò chơi điện tử công cộng",
    en: "Certificate for a public video-game place",
    basis: "Decree 147/2024/NĐ-CP",
  },
  REPRESENTATIVE_OFFICE: {
    vi: "Giấy phép thành lập văn phòng đại diện thương nhân nước ngoài",
    en: "Licence for a foreign trader's representative office",
    basis: "Decree 07/2016/NĐ-CP",
  },
} as const;

export type LicenceKind = keyof typeof LICENCE_KINDS;
export const licenceKinds = Object.keys(LICENCE_KINDS) as [LicenceKind, ...LicenceKind[]]; // Object.keys loses the literal types of a const object
