import { fault } from "../../_shared/reference/identifiers/parsed.ts";

/** Problems of enrolments, renewals and ends, each with its remedy. */

export const groupUnknown = () =>
  fault(
    "INSURED_GROUP_UNKNOWN",
    "Không có nhóm đối tượng mang mã này; đề nghị chọn trong danh mục nhóm đối tượng",
    "No group of the insured has this code; choose one from the list of groups",
  );
export const groupOfChildren = () =>
  fault(
    "INSURED_GROUP_OF_CHILDREN",
    "Thẻ của trẻ em dưới 6 tuổi được cấp theo thủ tục 1.014137; đề nghị chọn nhóm đối tượng khác",
    "The card of a child under six is issued by procedure 1.014137; choose another group",
  );
export const participantsMissing = () =>
  fault("PARTICIPANTS_MISSING", "Đề nghị ghi ít nhất một người tham gia", "Name at least one participant");
export const participantNamedTwice = () =>
  fault(
    "PARTICIPANT_NAMED_TWICE",
    "Người này đã có trong danh sách; mỗi người chỉ ghi một lần",
    "The person is in the list already; name each participant once",
  );
export const participantBirthDiffers = () =>
  fault(
    "PARTICIPANT_BIRTH_DIFFERS",
    "Ngày sinh khác với ngày sinh trên thẻ bảo hiểm y tế của người này; đề nghị kiểm tra lại",
    "The date of birth differs from that on the person's card; check it",
  );
export const alreadyEnrolled = (from: string) =>
  fault(
    "ALREADY_ENROLLED",
    `Người này đã tham gia theo nhóm đối tượng này hoặc đã có thẻ từ ngày ${from}; đề nghị báo giảm trước hoặc bỏ khỏi danh sách`,
    `The person is enrolled in this group, or has a card from ${from}; end that term first, or leave the person out`,
  );
export const childCardRuns = (lastDay: string) =>
  fault(
    "CHILD_CARD_RUNS",
    `Người này đang có thẻ trẻ em dưới 6 tuổi đến hết ngày ${lastDay}; đề nghị tham gia từ ngày sau đó`,
    `The person has the card of a child under six until ${lastDay}; enrol the person from the day after`,
  );
export const termInThePast = () =>
  fault(
    "CARD_TERM_IN_THE_PAST",
    "Thẻ không có giá trị trước ngày đăng ký; đề nghị chọn từ hôm nay trở đi",
    "A card is not valid before its registration; choose today or a later day",
  );
export const termEndsBefore = () =>
  fault(
    "CARD_TERM_ENDS_BEFORE",
    "Ngày cuối phải từ ngày đầu của thời hạn thẻ trở đi; đề nghị chọn ngày khác",
    "The last day lies before the term begins; choose another day",
  );
export const termOverlaps = (from: string) =>
  fault(
    "CARD_TERM_OVERLAPS",
    `Thẻ đang có giá trị; thời hạn mới bắt đầu sớm nhất từ ngày ${from}`,
    `The card is valid then; a further term begins on ${from} at the earliest`,
  );
export const childCardNotRenewed = () =>
  fault(
    "CHILD_CARD_NOT_RENEWED",
    "Thẻ trẻ em dưới 6 tuổi không gia hạn; đề nghị đăng ký tham gia theo nhóm đối tượng khác",
    "The card of a child under six is not renewed; enrol the child in another group",
  );
export const renewalNotNeeded = () =>
  fault(
    "CARD_RENEWAL_NOT_NEEDED",
    "Thẻ có giá trị đến khi ngừng đóng nên không cần gia hạn",
    "The card is valid as long as contributions are paid; it needs no renewal",
  );
export const notValidOnDay = () =>
  fault(
    "CARD_NOT_VALID_ON_DAY",
    "Thẻ không có giá trị vào ngày này hoặc đã hết hạn vào ngày này; đề nghị kiểm tra lại ngày",
    "The card is not valid on this day, or ends on it already; check the day",
  );
export const deathInFuture = () =>
  fault(
    "DEATH_IN_FUTURE",
    "Ngày chết không thể ở tương lai; đề nghị kiểm tra lại",
    "The day of death lies ahead; check it",
  );
export const holderUnchanged = () =>
  fault(
    "HOLDER_UNCHANGED",
    "Thẻ bảo hiểm y tế đã ghi đúng họ tên và ngày sinh này; đề nghị kiểm tra lại nội dung cần điều chỉnh",
    "The card has this name and date of birth already; check what is to be corrected",
  );
export const holderBornInFuture = () =>
  fault(
    "DATE_IN_FUTURE",
    "Ngày sinh không được sau ngày hiện tại; đề nghị kiểm tra lại",
    "The date of birth lies in the future; check it",
  );
