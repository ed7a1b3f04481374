/*
 * Dictionaries of packed JSON: words that most of our texts have in common. None is ever changed, because what is stored could not
 * be read with another one.
 */

const HISTORIES_AND_REQUESTS = [
  // histories
  '"PROCEDURE","NOT_APPLICABLE","CANCELLED","WITHDRAWN","STOPPED","REFUND_DUE","PENDING","PAID","EXPIRED","citizen","portal","',
  '"LAND","BUSINESS","police","registrar","AWAITING_PAYMENT","AWAITING_CITIZEN","SUPPLEMENT_NEEDED","REFUSED",',
  ' chưa trả lời; hệ thống sẽ tự động gửi lại"]][["PROCEDURE","PROCESSING","ONE_STOP",null],[null,"RETURNED","clerk",null]]',
  '["NUMBER_NOTICE","GRANTED","CIVIL_STATUS","Ghi số định danh vào sổ hộ tịch"]]["RESIDENCE","GRANTED","RESIDENCE",null],',
  '["PERSONAL_NUMBER","GRANTED","RESIDENCE","Cấp số định danh cá nhân"],["NUMBER_NOTICE","READY","ONE_STOP","Ghi số định ',
  'danh vào sổ hộ tịch"],["RESIDENCE","READY","ONE_STOP",null],["INSURANCE","READY","ONE_STOP",null],["NUMBER_NOTICE",',
  '"SENT","ONE_STOP","Ghi số định danh vào sổ hộ tịch"],["RESIDENCE","SENT","ONE_STOP",null],["INSURANCE","SENT",',
  '"ONE_STOP",null]][["BIRTH","GRANTED","CIVIL_STATUS",null],["PERSONAL_NUMBER","READY","ONE_STOP","Cấp số định danh cá ',
  'nhân"],["PERSONAL_NUMBER","SENT","ONE_STOP","Cấp số định danh cá nhân"]][["INSURANCE","GRANTED","HEALTH_INSURANCE",',
  'null],[null,"COMPLETED","ONE_STOP",null]][[null,"RECEIVED","clerk",null],["BIRTH","READY","clerk",null],["BIRTH",',
  '"SENT","clerk",null],[null,"IN_PROGRESS","clerk",null]]',
  // requests
  '{"procedure":"1.00","form":{"subject":"","purpose":"","text":"","papers":[{"code":"","name":"","attachment":null,',
  '"lookedUpPapers":[],"citizenId":"","dossier":"H13.","number":"","on":"2026-","children":[],"address":{"line":"Số ',
  '","commune":""},"headPersonalId":"","relationToHead":"CHILD"},"insurance":{"facility":"93012"},"residence":{',
  '"withoutNotice":null},"multipleBirth":null,"multipleBirth":{"order":1,"of":2},"birthNotice":"00.GCS.00.26",',
  '"homeCommune":"31471","placeOfBirth":{"commune":"31471","country":null,"facilityName":"Trung tâm Y tế ',
  'Bệnh viện Đa khoa"},"grantedBefore":null,"recipient":"","capacity":"RELATIVE","filledBy":null,"handover":{',
  '"method":"ELECTRONIC","paperCopies":0,"address":null},"office":"31471","channel":"DESK","ONLINE"},"declarant":{',
  '"relation":"MOTHER","FATHER","phone":"09","email":null,"sex":"FEMALE","MALE","father":null,"mother":{"child":{',
  '"Nguyễn Thị Trần Văn Lê Phạm Hoàng Huỳnh","fullName":"","personalId":"0","personalId":null,"dateOfBirth":"19',
  '"dateOfBirth":"2026-","nationality":"VNM","ethnicity":"Kinh"},',
].join("");
const HOLDINGS_PERSONS_AND_FACTS = [
  '[[1764,"CITIZEN"],["OUTAGE"],["DESK"],[null],"OFFICER","ONE_STOP","demo:registrar:","AGENCY","CIVIL_STATUS"],',
  '"AGENCY","RESIDENCE"],["AGENCY","HEALTH_INSURANCE"]]{"mother":null,"father":{"fullName":"","dateOfBirth":"19',
  '","personalId":"0","ethnicity":"Kinh","nationality":"VNM"},"declarant":{"fullName":"","personalId":"0",',
  '"relation":"MOTHER"},"withoutNotice":null}{"citizenId":"019","number":"TE1","number":"/2026","registeredOn":"2026-',
  '{"personalId":"0',
].join("");

/** With the texts of a fixed shape shortened: \x01 stands for a UUID, \x02 for a day, and \x07, \x09, \x0a for 10, 12, 13 digits. */
const SHORTENED = [
  // rarer ones first: what stands nearer to the end is referred to in fewer bits
  '"PROCEDURE","NOT_APPLICABLE","CANCELLED","WITHDRAWN","STOPPED","REFUND_DUE","PENDING","PAID","EXPIRED","citizen","portal","',
  '"LAND","BUSINESS","police","registrar","AWAITING_PAYMENT","AWAITING_CITIZEN","SUPPLEMENT_NEEDED","REFUSED",',
  ' chưa trả lời; hệ thống sẽ tự động gửi lại"]][["PROCEDURE","PROCESSING","ONE_STOP",null],[null,"RETURNED","clerk",null]]',
  '"withoutNotice":{"kind":"WITNESS","text":""birthNotice":null,"grantedBefore":null,"recipient":"","capacity":"RELATIVE",',
  '"lookedUpPapers":[],"citizenId":"\x01","dossier":"H13.{"procedure":"1.00","form":{"subject":"","purpose":"","text":"",',
  '"papers":[{"code":"","name":"","attachment":null,[["OUTAGE"],["DESK"],[null],"OFFICER","ONE_STOP","demo:registrar:",',
  // the commonest names
  "Bệnh viện Đa khoa Trạm Y tế xã phường thôn ấp tổ đường Bùi Đỗ Hồ Ngô Dương Lý Võ Vũ Đặng Phan Trương Đinh Lâm Mai Cao ",
  "Lương Hoàng Huỳnh Anh Bảo Khánh Khôi Minh Huy Phúc Gia Hân Ngọc Thanh Quốc Đức Hữu Tuấn Hùng Dũng Hải Khoa Long Nam Phong ",
  "Quân Sơn Thịnh Tiến Trung Vinh Linh Lan Hương Hoa Huệ Hà Hiền Hạnh My Nga Ngân Nhi Như Phương Quyên Quỳnh Thảo Thu Thư ",
  "Thủy Trang Trâm Trinh Tú Uyên Vy Xuân Yến Ái Dung Diệp Đạt Lê Văn Phạm Thị ",
  // holdings
  '[[\x0a,"CITIZEN"],[[\x0a,"AGENCY","CIVIL_STATUS"],[1,"AGENCY","RESIDENCE"],[9,"AGENCY","CIVIL_STATUS"],[7,"AGENCY",',
  '"RESIDENCE"],[,"AGENCY","HEALTH_INSURANCE"],[',
  // requests of births
  '{"office":"31","child":{"fullName":"","sex":"FEMALE","sex":"MALE","dateOfBirth":"\x02","placeOfBirth":{"facilityName":"',
  'Trung tâm Y tế khu vực ","commune":"31","country":null},"ethnicity":"Kinh","nationality":"VNM","homeCommune":"31",',
  '"birthNotice":"00.GCS.9.26","withoutNotice":null,"multipleBirth":{"order":1,"of":2}},"multipleBirth":null},"channel":"',
  'ONLINE","channel":"DESK","declarant":{"fullName":"Nguyễn Thị ","personalId":"\x09","relation":"FATHER","phone":"\x07",',
  '"email":null},"mother":{"fullName":"Trần Thị ","dateOfBirth":"\x02","personalId":"\x09","ethnicity":"Kinh","nationality":',
  '"VNM"},"father":{"fullName":"Nguyễn Văn ","dateOfBirth":"\x02","personalId":"\x09","ethnicity":"Kinh","nationality":',
  '"VNM"},"residence":{"headPersonalId":"\x09","relationToHead":"CHILD","address":{"line":"Số ","commune":"31"}},"insurance":',
  '{"facility":"9"},"handover":{"method":"DESK","paperCopies":1,"handover":{"method":"ELECTRONIC","paperCopies":0,"address":',
  'null},"filledBy":null}',
  // persons of births
  '{"mother":null,"father":{"fullName":"","dateOfBirth":"\x02',
  '"},"declarant":{"fullName":"Nguyễn Thị ","personalId":"\x09","relation":"MOTHER"},"withoutNotice":null,"facilityName":"',
  'Trung tâm Y tế khu vực "}',
  // facts
  '{"citizenId":"\x01","number":"1/2026","registeredOn":"\x02"}{"number":"TE\x0a"}{"personalId":"\x09"}',
  // histories
  '[["PERSONAL_NUMBER","GRANTED","RESIDENCE","Cấp số định danh cá nhân"],["NUMBER_NOTICE","READY","ONE_STOP","Ghi số định ',
  'danh vào sổ hộ tịch"],["RESIDENCE","READY","ONE_STOP",null],["INSURANCE","READY","ONE_STOP",null],["NUMBER_NOTICE",',
  '"SENT","ONE_STOP","Ghi số định danh vào sổ hộ tịch"],["RESIDENCE","SENT","ONE_STOP",null],["INSURANCE","SENT",',
  '"ONE_STOP",null]][["NUMBER_NOTICE","GRANTED","CIVIL_STATUS","Ghi số định danh vào sổ hộ tịch"]][["BIRTH","GRANTED",',
  '"CIVIL_STATUS",null],["PERSONAL_NUMBER","READY","ONE_STOP","Cấp số định danh cá nhân"],["PERSONAL_NUMBER","SENT",',
  '"ONE_STOP","Cấp số định danh cá nhân"]][["INSURANCE","GRANTED","HEALTH_INSURANCE",null],[null,"COMPLETED","ONE_STOP",',
  'null]][["INSURANCE","GRANTED","HEALTH_INSURANCE",null]][["RESIDENCE","GRANTED","RESIDENCE",null]][["RESIDENCE","GRANTED",',
  '"RESIDENCE",null],[null,"COMPLETED","ONE_STOP",null]][[null,"RECEIVED","clerk",null],["BIRTH","READY","clerk",null],',
  '["BIRTH","SENT","clerk",null],[null,"IN_PROGRESS","clerk",null]]',
].join("");

/** By the first byte of a packed text. New texts are packed with the last. */
export const DICTIONARIES = [
  "",
  HISTORIES_AND_REQUESTS,
  HOLDINGS_PERSONS_AND_FACTS + HISTORIES_AND_REQUESTS,
  SHORTENED,
].map((text) => Buffer.from(text));
