import type { Fault } from "../../_shared/reference/identifiers/parsed.ts";

/** Problems of corrections, recognitions and extracts, each with its remedy. */

export function entryUnknown(): Fault {
  return {
    code: "ENTRY_UNKNOWN",
    message: "Sổ hộ tịch không có mục với mã này; đề nghị tra cứu lại",
    messageEn: "No entry of the register has this id; look it up again",
  };
}

export function nothingChanges(): Fault {
  return {
    code: "NOTHING_CHANGES",
    message: "Nội dung mới giống nội dung đang có giá trị; đề nghị kiểm tra lại",
    messageEn: "The new facts are those in force; check them",
  };
}

/** A correction makes no other person of the one whom an entry concerns. */
export function identityChanges(): Fault {
  return {
    code: "IDENTITY_CHANGES",
    message: "Cải chính không được đổi người có việc hộ tịch: số định danh phải giữ nguyên",
    messageEn: "A correction does not change the person whom the entry concerns: the personal number stays",
  };
}

export function parentRecorded(): Fault {
  return {
    code: "PARENT_RECORDED",
    message: "Khai sinh đã ghi người cha hoặc người mẹ này; chỉ thay đổi theo bản án, quyết định của tòa án",
    messageEn: "The birth names this parent already; only a court's decision changes it",
  };
}

export function copiesImpossible(most: number): Fault {
  return {
    code: "COPIES_IMPOSSIBLE",
    message: `Số bản trích lục phải từ 1 đến ${most}`,
    messageEn: `The number of copies lies between 1 and ${most}`,
  };
}
