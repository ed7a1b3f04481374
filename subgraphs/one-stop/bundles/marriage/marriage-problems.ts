import { fault } from "../../../_shared/reference/identifiers/parsed.ts";

const LAW = "Luật Hôn nhân và gia đình 52/2014/QH13, Điều 8";

export const coupleAlreadySubmitted = () =>
  fault(
    "COUPLE_ALREADY_SUBMITTED",
    "Đã có hồ sơ đăng ký kết hôn của hai người này, hoặc hồ sơ xác nhận tình trạng hôn nhân để kết hôn; đề nghị tra cứu hồ sơ đã có",
    "There is a dossier for the marriage of this couple, or for a confirmation of a status for it, already; look up that dossier",
  );
export const submitterIsNoSpouse = () =>
  fault(
    "SUBMITTER_NOT_NAMED",
    "Công dân chỉ được nộp hồ sơ kết hôn của chính mình; đề nghị chọn đúng bên nộp hồ sơ",
    "A citizen submits only the own marriage; choose the spouse who submits",
  );
export const spousesAreOnePerson = () =>
  fault(
    "SPOUSES_ARE_ONE_PERSON",
    "Hai bên là cùng một người; đề nghị kiểm tra lại số định danh",
    "Both are the same person; check the personal numbers",
  );
export const foreignSpouse = () =>
  fault(
    "FOREIGN_SPOUSE",
    "Kết hôn có yếu tố nước ngoài là thủ tục khác (Luật Hộ tịch 60/2014/QH13, Điều 37 và 38); đề nghị nộp theo thủ tục đó",
    "A marriage with a foreigner is another procedure (Law on Civil Status 60/2014, art. 37 and 38); submit that one",
  );
export const tooYoungToMarry = (sex: "MALE" | "FEMALE") =>
  sex === "MALE"
    ? fault(
        "TOO_YOUNG_TO_MARRY",
        `Nam phải từ đủ 20 tuổi trở lên tại ngày kết hôn (${LAW})`,
        "A man has completed 20 years on the day of the marriage (Law on Marriage and Family 52/2014, art. 8)",
      )
    : fault(
        "TOO_YOUNG_TO_MARRY",
        `Nữ phải từ đủ 18 tuổi trở lên tại ngày kết hôn (${LAW})`,
        "A woman has completed 18 years on the day of the marriage (Law on Marriage and Family 52/2014, art. 8)",
      );
