import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import { customType } from "drizzle-orm/pg-core";

/*
 * JSON that is read as a whole, in a third of the bytes of `jsonb`: deflated, with the words that most of our texts have in common
 * as the dictionary. The first byte is the dictionary's number. A text of before packing begins with a brace or a bracket.
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
/** By first byte. None is ever changed: what is stored could not be read with another one. New texts are packed with the last. */
const DICTIONARIES = ["", HISTORIES_AND_REQUESTS, HOLDINGS_PERSONS_AND_FACTS + HISTORIES_AND_REQUESTS].map((text) =>
  Buffer.from(text),
);
const NEWEST = DICTIONARIES.length - 1;
/** A window that holds the dictionary and a request; a larger one costs memory for each text. */
const OPTIONS = {
  dictionary: DICTIONARIES[NEWEST],
  ...{ windowBits: 12, memLevel: 6, level: constants.Z_BEST_COMPRESSION },
};

export function packJson(value: unknown): Buffer {
  return Buffer.concat([Buffer.of(NEWEST), deflateRawSync(JSON.stringify(value), OPTIONS)]);
}

export function unpackJson(stored: Uint8Array): unknown {
  const dictionary = DICTIONARIES[stored[0] ?? 0];
  const text = dictionary ? inflateRawSync(stored.subarray(1), { dictionary }) : stored;
  return JSON.parse(Buffer.from(text).toString());
}

/** Packed JSON in the text format of bytes, as SQL writes it into JSON. */
export function unpackHexJson(text: string): unknown {
  return unpackJson(Buffer.from(text.slice("\\x".length), "hex"));
}

/** Packed JSON in the text format of bytes, for handwritten SQL that reads it from JSON. */
export function packHexJson(value: unknown): string {
  return `\\x${packJson(value).toString("hex")}`;
}

/** Column of packed JSON. No condition of a query can look into it. */
export function packedJson<T>(name: string) {
  const packed = customType<{ data: T; driverData: Uint8Array }>({
    dataType: () => "bytea",
    toDriver: packJson,
    fromDriver: (stored) => unpackJson(stored) as T, // only `toDriver` writes the column
  });
  return packed(name);
}
