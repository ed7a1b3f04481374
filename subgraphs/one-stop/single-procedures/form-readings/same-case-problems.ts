import { fault } from "../../../_shared/reference/identifiers/parsed.ts";

/** Problems of a dossier whose case an open dossier has already, where no bundle has a word for it. */

export const confirmationAlreadySubmitted = () =>
  fault(
    "CONFIRMATION_ALREADY_SUBMITTED",
    "Người này đã có hồ sơ đang giải quyết để xác nhận tình trạng hôn nhân cho mục đích này; đề nghị tra cứu hồ sơ đã có",
    "There is an open dossier that confirms the marital status of this person for this purpose; look up that dossier",
  );

export const cardAlreadyChanging = () =>
  fault(
    "CARD_CHANGE_ALREADY_SUBMITTED",
    "Đã có hồ sơ đang giải quyết cho cùng nội dung thay đổi trên thẻ bảo hiểm y tế của người này; đề nghị tra cứu hồ sơ đã có",
    "There is an open dossier for the same change of this person's card; look up that dossier",
  );

export const cardAlreadyRequested = () =>
  fault(
    "CARD_ALREADY_REQUESTED",
    "Đã có hồ sơ đang giải quyết để cấp thẻ bảo hiểm y tế cho trẻ này; đề nghị tra cứu hồ sơ đã có",
    "There is an open dossier for a card of this child; look up that dossier",
  );

export const businessAlreadyChanging = () =>
  fault(
    "BUSINESS_CHANGE_ALREADY_SUBMITTED",
    "Đã có hồ sơ đang giải quyết cho cùng nội dung thay đổi của hộ kinh doanh này; đề nghị tra cứu hồ sơ đã có",
    "There is an open dossier for the same change of this household business; look up that dossier",
  );
