import { fault } from "../../../_shared/reference/identifiers/parsed.ts";

export const businessAlreadySubmitted = () =>
  fault(
    "BUSINESS_ALREADY_SUBMITTED",
    "Đã có hồ sơ thành lập cơ sở kinh doanh này; đề nghị tra cứu hồ sơ đã có",
    "There is an open dossier for the start of this business already; look up that dossier",
  );
export const submitterIsNotDeclarant = () =>
  fault(
    "SUBMITTER_NOT_NAMED",
    "Công dân chỉ được nộp hồ sơ mà mình là người nộp",
    "A citizen submits only as the declarant of the dossier",
  );
export const enterpriseCodeRequired = () =>
  fault(
    "ENTERPRISE_CODE_REQUIRED",
    "Doanh nghiệp cần mã số đã được cơ quan thuế cấp; mã số doanh nghiệp đồng thời là mã số thuế",
    "An enterprise states the code that the tax office has issued, which is its tax code",
  );
export const notOfHousehold = () =>
  fault(
    "NOT_OF_HOUSEHOLD",
    "Hộ kinh doanh dùng số định danh của chủ hộ làm mã số và không có tên nước ngoài, tên viết tắt; đề nghị bỏ trống mục này",
    "A household business has its owner's number as its code, and neither a foreign nor a short name; leave this out",
  );
export const linesMissing = () =>
  fault(
    "INDUSTRIES_MISSING",
    "Phải đăng ký ít nhất một ngành, nghề kinh doanh; ngành đầu tiên là ngành chính",
    "At least one line of business is registered; the first is the main one",
  );
export const lineMalformed = () =>
  fault(
    "INDUSTRY_MALFORMED",
    "Mã ngành kinh doanh gồm 4 chữ số (ngành cấp 4), ví dụ 4711",
    "A line of business has the four digits of VSIC level 4, such as 4711",
  );
export const capitalImpossible = () => fault("CAPITAL_IMPOSSIBLE", "Vốn phải lớn hơn 0", "The capital is more than 0");
export const employeesImpossible = (most: number) =>
  fault(
    "EMPLOYEES_IMPOSSIBLE",
    `Số lao động phải từ 1 đến ${most.toLocaleString("vi")}; nếu không sử dụng lao động thì bỏ trống mục bảo hiểm xã hội`,
    `The number of employees lies between 1 and ${most}; without employees leave the social insurance out`,
  );
export const licenceWithoutProcedure = () =>
  fault(
    "LICENCE_WITHOUT_PROCEDURE",
    "Danh mục chưa có thủ tục cấp giấy phép này nên không nộp kèm được; đề nghị hỏi Bộ phận Một cửa",
    "The catalogue has no procedure for this licence, so it cannot be asked for here; ask a one-stop desk",
  );
