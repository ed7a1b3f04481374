/** Problem of a file, as the graph tells problems. */
export type FileProblem = { code: string; message: string; messageEn: string };

const MEGABYTE = 1_000_000;

/** `bytes`: limit; undefined where it is not told, as by a proxy before the gateway. */
export const fileTooLong = (bytes: number | undefined): FileProblem => {
  const [vi, en] =
    bytes === undefined
      ? ["quá lớn", "too long"]
      : [`lớn hơn ${(bytes / MEGABYTE).toLocaleString("vi-VN")} MB`, `longer than ${bytes / MEGABYTE} MB`];
  return {
    code: "FILE_TOO_LONG",
    message: `Tệp ${vi}; hãy quét lại với độ phân giải thấp hơn`,
    messageEn: `The file is ${en}; scan the paper again with a lower resolution`,
  };
};
export const fileTypeRefused = (): FileProblem => ({
  code: "FILE_TYPE_REFUSED",
  message: "Tệp không phải PDF hoặc ảnh JPEG, PNG, WebP, HEIC, TIFF; hãy chọn tệp khác",
  messageEn: "The file is no PDF and no JPEG, PNG, WebP, HEIC or TIFF picture; choose another one",
});
export const fileInfected = (): FileProblem => ({
  code: "FILE_INFECTED",
  message: "Tệp có mã độc; hãy quét lại giấy tờ trên máy khác",
  messageEn: "The file contains malware; scan the paper again on another machine",
});
export const filesNotTaken = (): FileProblem => ({
  code: "FILES_NOT_TAKEN",
  message: "Cổng này không nhận tệp; hãy bỏ tệp và nhận giấy tờ bằng bản giấy",
  messageEn: "This gateway takes no files; remove the file and take the paper itself",
});
export const fileNotKept = (): FileProblem => ({
  code: "FILE_NOT_KEPT",
  message: "Không giữ được tệp tại máy này, có thể vì hết chỗ trống; hãy bỏ tệp rồi chọn lại",
  messageEn: "The file could not be kept on this machine, whose storage may be full; remove it and choose it again",
});
export const fileNeedsLine = (): FileProblem => ({
  code: "FILE_NEEDS_LINE",
  message: "Trang này không mở qua https nên chỉ nhận tệp khi có đường truyền; hãy bỏ tệp rồi chọn lại sau",
  messageEn:
    "This page was not opened by https, so it takes files only while the line is up; choose the file again then",
});
