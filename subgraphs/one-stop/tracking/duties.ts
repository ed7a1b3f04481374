import { legalDayOf } from "../../_shared/reference/days.ts";
import { writtenDay } from "../../_shared/reference/written-day.ts";
import { subgraphOf } from "../../agency-registry.ts";
import type { DossierRow, StepRow } from "../dossiers/types.ts";
import { toConfirm } from "../draft-certificates/certificate.ts";
import { dong } from "../payments/payment.ts";
import type { PaymentRow } from "../payments/types.ts";

/** Sentence for the citizen. Words of officers stand in it as they were written, in Vietnamese. */
export type Duty = { text: string; textEn: string };

/** Actions that only the citizen can take now, and reasons of refused parts. */
export function dutiesOf(
  dossier: DossierRow,
  steps: readonly StepRow[],
  { payment, byPost }: { payment: PaymentRow | null; byPost: boolean },
): Duty[] {
  const papers = steps.flatMap((step) => (step.state === "SUPPLEMENT_NEEDED" ? (step.supplement?.items ?? []) : []));
  return [
    ...toPay(dossier, steps, payment),
    ...toConfirm(dossier),
    ...papers.map(({ description }) => ({ text: `Bổ sung: ${description}`, textEn: `Hand in: ${description}` })),
    ...steps.flatMap(refusalOf),
    ...toCollect(dossier, byPost),
  ];
}

/** The awaited payment, with the place and the last day, and what follows from it. */
function toPay({ state }: DossierRow, steps: readonly StepRow[], payment: PaymentRow | null): Duty[] {
  if (state !== "AWAITING_PAYMENT" || !payment) return [];
  const { payBy, payUrl, amountVnd } = payment;
  const day = payBy && legalDayOf(payBy);
  const [by, byEn] = day ? [` trước hết ngày ${writtenDay(day)}`, ` by the end of ${day}`] : ["", ""];
  const [place, placeEn] = payUrl
    ? [`tại ${payUrl} hoặc tại Bộ phận Một cửa`, `at ${payUrl} or at the one-stop desk`]
    : ["tại Bộ phận Một cửa", "at the one-stop desk"];
  // an agency has stated the amounts with its grant
  if (steps.some((step) => step.state === "GRANTED"))
    return [
      {
        text: `Nộp nghĩa vụ tài chính ${dong(amountVnd)} ${place}${by}; nộp chậm thì phải nộp thêm tiền chậm nộp theo pháp luật về quản lý thuế. Kết quả đã giải quyết giữ nguyên giá trị; các bước còn lại được giải quyết sau khi nộp`,
        textEn: `Pay the financial obligations of ${amountVnd} dong ${placeEn}${byEn}; the tax law adds interest to a late payment. What was granted stays; the remaining stages are decided after the payment`,
      },
    ];
  return [
    {
      text: `Nộp phí, lệ phí ${dong(amountVnd)} ${place}${by}; hồ sơ được giải quyết sau khi nộp`,
      textEn: `Pay the fee of ${amountVnd} dong ${placeEn}${byEn}; the work begins after the payment`,
    },
  ];
}

function refusalOf({ state, agency, refusal, part }: StepRow): Duty[] {
  if (state !== "REFUSED" || !refusal) return [];
  const { vi, en } = subgraphOf(agency);
  // the refusal of a step that is no part prevents the parts that depend on it
  if (!part)
    return [
      {
        text: `${vi} từ chối: ${refusal.message}; sau khi khắc phục, đề nghị Bộ phận Một cửa nộp lại các phần việc chưa được giải quyết`,
        textEn: `${en} refused: ${refusal.messageEn}; when this is remedied, ask the one-stop desk to refile the parts that were not decided`,
      },
    ];
  return [{ text: `${vi} từ chối: ${refusal.message}`, textEn: `${en} refused: ${refusal.messageEn}` }];
}

function toCollect({ state, outcome }: DossierRow, byPost: boolean): Duty[] {
  if (state !== "COMPLETED" || outcome === "REFUSED" || byPost) return [];
  return [{ text: "Đến Bộ phận Một cửa nhận kết quả", textEn: "Collect the results at the one-stop desk" }];
}
