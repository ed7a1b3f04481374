import { fault } from "../../_shared/reference/identifiers/parsed.ts";

/** Problems of acts on households, each with its remedy. */

export const newHeadNeeded = () =>
  fault(
    "NEW_HEAD_NEEDED",
    "Người này là chủ hộ và hộ còn thành viên khác; đề nghị ghi chủ hộ mới và quan hệ của từng thành viên với chủ hộ mới (Luật Cư trú, Điều 10)",
    "The person heads a household with other members; name its new head and the relation of each member to that head (Law on Residence, art. 10)",
  );
export const newHeadNotNeeded = () =>
  fault(
    "NEW_HEAD_NOT_NEEDED",
    "Hộ không cần chủ hộ mới; đề nghị bỏ mục này",
    "The household needs no new head; leave this out",
  );
export const headNotMember = () =>
  fault(
    "HEAD_NOT_MEMBER",
    "Chủ hộ mới phải là một thành viên ở lại trong hộ",
    "The new head is one of the members who stay in the household",
  );
export const headNotAdult = () =>
  fault(
    "HEAD_NOT_ADULT",
    "Chủ hộ phải đủ 18 tuổi khi hộ có thành viên đủ 18 tuổi (Luật Cư trú, Điều 10); đề nghị chọn người khác",
    "The head is at least 18 years old if any member is (Law on Residence, art. 10); name another member",
  );
export const relationMissing = (count: number) =>
  fault(
    "RELATION_MISSING",
    `Còn ${count} thành viên chưa được ghi quan hệ với chủ hộ mới; đề nghị ghi đủ`,
    `The relation to the new head is missing for ${count} of the members; state it for each`,
  );
export const notAMember = () =>
  fault(
    "NOT_A_MEMBER",
    "Người này không phải là thành viên của hộ; đề nghị kiểm tra lại số định danh",
    "The person is no member of the household; check the number",
  );
export const memberNamedTwice = () =>
  fault("MEMBER_NAMED_TWICE", "Thành viên này đã được ghi; mỗi người chỉ ghi một lần", "Name each member once");
export const headMissing = () =>
  fault(
    "HEAD_MISSING",
    "Hộ mới phải có đúng một chủ hộ; đề nghị ghi quan hệ là chủ hộ cho một người",
    "A new household has one head; give one person the relation HEAD",
  );
export const householdUnknown = () =>
  fault(
    "HOUSEHOLD_UNKNOWN",
    "Cơ sở dữ liệu về cư trú không có hộ với mã này; đề nghị kiểm tra lại mã hộ",
    "The register has no household with this code; check the code",
  );
export const householdEnded = () =>
  fault(
    "HOUSEHOLD_ENDED",
    "Hộ này không còn thành viên nào; đề nghị chọn hộ khác hoặc lập hộ mới",
    "The household has no members any more; choose another one or make a new one",
  );
export const splitLeavesNobody = () =>
  fault(
    "SPLIT_LEAVES_NOBODY",
    "Phải có ít nhất một thành viên ở lại hộ cũ; nếu chỉ thay chủ hộ, đề nghị đăng ký thay đổi chủ hộ",
    "At least one member stays in the household; if only its head changes, register a change of head",
  );
export const splitWithoutAdult = () =>
  fault(
    "SPLIT_WITHOUT_ADULT",
    "Hộ mới phải có ít nhất một người đủ 18 tuổi (Luật Cư trú, Điều 25)",
    "At least one member of the new household is 18 years old (Law on Residence, art. 25)",
  );
export const householdsSame = () =>
  fault("HOUSEHOLDS_SAME", "Hai hộ phải khác nhau", "The two households are the same; name two different ones");
export const householdsApart = () =>
  fault(
    "HOUSEHOLDS_APART",
    "Hai hộ không cùng một chỗ ở hợp pháp; đề nghị đăng ký thường trú tại nơi ở mới thay vì nhập hộ",
    "The two households have different addresses; register the permanent residence of those who move instead",
  );
export const relationOfHead = () =>
  fault(
    "RELATION_OF_HEAD",
    "Chỉ chủ hộ có quan hệ là chủ hộ; đề nghị chọn quan hệ khác",
    "Only the head has the relation HEAD; choose another one",
  );
export const householdCodeTaken = () =>
  fault(
    "HOUSEHOLD_CODE_TAKEN",
    "Mã hộ đã cấp trước đây nay thuộc về một hộ khác; cần cán bộ đối chiếu",
    "The code that the household had before belongs to another household now; an officer must compare them",
  );
export const householdCodeUnknown = () =>
  fault(
    "HOUSEHOLD_CODE_UNKNOWN",
    "Không biết mã hộ đã cấp trước đây; cần cán bộ ghi lại theo giấy tờ của hộ",
    "The code that the household had before is not known; an officer must enter it from the household's papers",
  );
