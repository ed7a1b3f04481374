import { writtenDay } from "../../../_shared/reference/written-day.ts";
import type { HandoverMethod } from "../../acceptance/application.ts";
import type { MessageKind } from "../message-kinds.ts";
import { type KindTexts, type MessageFacts, NOTHING_EXPIRES, type TextsOfLanguage } from "./message-facts.ts";

const HANDOVERS: Record<HandoverMethod, readonly [short: string, body: string]> = {
  DESK: ["đã có kết quả, mời đến nhận", "Mời ông/bà đến Bộ phận Một cửa nơi nộp hồ sơ để nhận kết quả."],
  POST: ["đã có kết quả, gửi bưu chính", "Kết quả được gửi đến ông/bà qua dịch vụ bưu chính."],
  ELECTRONIC: ["đã có kết quả điện tử", "Kết quả điện tử đã có trên hệ thống; ông/bà không phải đến nhận."],
};

/** Ending of a sentence with the last day of an act; empty without a term. */
const until = ({ actUntil }: MessageFacts) => (actUntil ? `, hạn ${writtenDay(actUntil)}` : "");
const byDay = ({ actUntil }: MessageFacts) => (actUntil ? ` trước hết ngày ${writtenDay(actUntil)}` : "");

/** Ending of a short sentence that asks for papers: the answer code, else the term. */
const codeOrTerm = (facts: MessageFacts) => (facts.answerCode ? `, mã trả lời ${facts.answerCode}` : until(facts));

const TEXTS: Record<MessageKind, (facts: MessageFacts) => KindTexts> = {
  RECEIVED: ({ code, dueOn }) => ({
    title: "đã tiếp nhận",
    short: `Hồ sơ ${code} đã tiếp nhận, hẹn trả ${writtenDay(dueOn)}`,
    body: `Hồ sơ ${code} đã được tiếp nhận. Ngày hẹn trả kết quả: ${writtenDay(dueOn)}.`,
  }),
  PAYMENT_AWAITED: (facts) => ({
    title: "chờ nộp phí, lệ phí",
    short: `Hồ sơ ${facts.code} chờ nộp phí${until(facts)}`,
    body: `Hồ sơ ${facts.code} được giải quyết sau khi nộp phí, lệ phí. Đề nghị ông/bà nộp${byDay(facts)} trên trang của hồ sơ hoặc tại Bộ phận Một cửa.`,
  }),
  PAYMENT_RECEIVED: ({ code }) => ({
    title: "đã nộp phí, lệ phí",
    short: `Hồ sơ ${code} đã nộp phí, lệ phí`,
    body: `Đã nhận phí, lệ phí của hồ sơ ${code}.`,
  }),
  CERTIFICATE_TO_CONFIRM: (facts) => ({
    title: "xác nhận dự thảo giấy khai sinh",
    short: `Hồ sơ ${facts.code}: xác nhận dự thảo${until(facts)}`,
    body: `Hồ sơ ${facts.code} đã có dự thảo giấy khai sinh. Đề nghị ông/bà kiểm tra và xác nhận${byDay(facts)}, hoặc nêu nội dung cần sửa. Hết thời hạn mà không có ý kiến thì dự thảo được coi là đã được đồng ý.`,
  }),
  SUPPLEMENT_ASKED: (facts) => ({
    title: "yêu cầu bổ sung",
    short: `Hồ sơ ${facts.code} cần bổ sung${codeOrTerm(facts)}`,
    body: `Hồ sơ ${facts.code} cần bổ sung giấy tờ. Đề nghị ông/bà xem nội dung cần bổ sung và trả lời${byDay(facts)}.`,
  }),
  SUPPLEMENT_REMINDER: (facts) => ({
    title: "sắp hết hạn bổ sung",
    short: `Nhắc: hồ sơ ${facts.code} cần bổ sung${codeOrTerm(facts)}`,
    body: `Thời hạn bổ sung hồ sơ ${facts.code} sắp hết. Đề nghị ông/bà bổ sung${byDay(facts)}; quá hạn, hồ sơ sẽ bị từ chối giải quyết.`,
  }),
  NEW_DATE: ({ code, dueOn }) => ({
    title: "xin lỗi và hẹn lại ngày trả kết quả",
    short: `Xin lỗi ông/bà: hồ sơ ${code} hẹn lại ${writtenDay(dueOn)}`,
    body: `Chúng tôi xin lỗi ông/bà vì hồ sơ ${code} không kịp trả kết quả đúng hẹn. Ngày hẹn trả mới: ${writtenDay(dueOn)}.`,
  }),
  RESULT_READY: ({ code, handover }) => ({
    title: "đã có kết quả",
    short: `Hồ sơ ${code} ${HANDOVERS[handover][0]}`,
    body: `Hồ sơ ${code} đã có kết quả. ${HANDOVERS[handover][1]}`,
  }),
  RESULT_PARTLY_READY: ({ code, handover }) => ({
    title: "đã có một phần kết quả",
    short: `Hồ sơ ${code} chỉ có một phần kết quả`,
    body: `Hồ sơ ${code} đã được giải quyết một phần; phần còn lại không được chấp thuận, lý do và cách nộp lại có trên trang của hồ sơ. ${HANDOVERS[handover][1]}`,
  }),
  REFUSED: ({ code }) => ({
    title: "từ chối giải quyết",
    short: `Hồ sơ ${code} bị từ chối, đề nghị xem lý do`,
    body: `Hồ sơ ${code} không được chấp thuận. Đề nghị ông/bà xem lý do và cách nộp lại trên trang của hồ sơ hoặc hỏi Bộ phận Một cửa.`,
  }),
  RETURNED: ({ code }) => ({
    title: "đã trả kết quả",
    short: `Hồ sơ ${code} đã trả kết quả`,
    body: `Kết quả của hồ sơ ${code} đã được trả. Nếu ông/bà chưa nhận, đề nghị báo cho Bộ phận Một cửa.`,
  }),
  NOT_ACCEPTED: ({ code }) => ({
    title: "không được tiếp nhận",
    short: `Hồ sơ ${code} không được tiếp nhận`,
    body: `Hồ sơ ${code} không được tiếp nhận vì hết thời hạn nộp phí, lệ phí. Ông/bà có thể nộp hồ sơ mới.`,
  }),
  WITHDRAWN: ({ code }) => ({
    title: "đã rút",
    short: `Hồ sơ ${code} đã rút theo đề nghị`,
    body: `Hồ sơ ${code} đã được rút theo đề nghị. Nếu ông/bà không đề nghị rút, đề nghị báo ngay cho Bộ phận Một cửa.`,
  }),
  EXPIRY_REMINDER: ({ expiring, actUntil }) => {
    const { vi, expiresOn } = expiring ?? NOTHING_EXPIRES;
    const isBefore = actUntil !== null && actUntil < expiresOn;
    const last = writtenDay(actUntil ?? expiresOn);
    return {
      title: "sắp hết hạn",
      short: `${vi} hết hạn ${writtenDay(expiresOn)}${isBefore ? `, gia hạn đến ${last}` : ""}`,
      body: `${vi} hết hạn ngày ${writtenDay(expiresOn)}. Nếu còn cần, đề nghị ông/bà nộp hồ sơ trước hết ngày ${last}; hồ sơ đã được điền sẵn trên hệ thống hoặc tại Bộ phận Một cửa.`,
    };
  },
};

export const vietnameseTexts: TextsOfLanguage = {
  textsOf: (facts) => TEXTS[facts.kind](facts),
  sympathy({ kind, tone }) {
    if (tone === "DEATH" && kind === "RECEIVED") return "Xin chia buồn cùng gia đình.";
    return tone === "BIRTH" && kind === "RESULT_READY" ? "Chúc mừng gia đình." : null;
  },
  term: (actUntil) => `Hạn ${writtenDay(actUntil)}.`,
  answering: (answerCode) =>
    `Ông/bà có thể bổ sung ngay trên trang tra cứu hồ sơ bằng mã trả lời ${answerCode}. Đề nghị không cho người khác biết mã này.`,
  subject: ({ code, expiring }, title) => `${expiring ? expiring.vi : `Hồ sơ ${code}`}: ${title}`,
  salutation: "Kính gửi ông/bà,",
  track: (url) => `Tra cứu hồ sơ: ${url}`,
  office: (name) => name,
  stopping: "Để ngừng nhận thông báo, ông/bà trả lời STOP, hoặc báo cho Bộ phận Một cửa.",
  unsubscribing: (url) => `Để ngừng nhận thư, ông/bà mở trang ${url}`,
};
