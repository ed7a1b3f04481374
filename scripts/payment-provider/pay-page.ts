import type { ProviderEntry } from "./ledger.ts";

const STATES = { OPEN: "Chờ nộp", PAID: "Đã nộp", REVERSED: "Đã đảo giao dịch" } as const;

/** Page on which a developer pays an order, or makes a payment go wrong. */
export function payPage({ order, amountVnd, text, state, transaction }: ProviderEntry): string {
  const button = (action: string, delivery: string, label: string) =>
    `<form method="post" action="/${action}/${escaped(order)}?notice=${delivery}"><button>${label}</button></form>`;
  const actions = {
    OPEN: [
      button("pay", "SENT", "Nộp / Pay"),
      button("pay", "REPEATED", "Nộp, báo ba lần / Pay, notify three times"),
      button("pay", "LOST", "Nộp, mất thông báo / Pay, lose the notice"),
    ],
    PAID: [button("reverse", "SENT", "Đảo giao dịch / Reverse")],
    REVERSED: [],
  }[state];
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Cổng thanh toán (giả lập)</title>
<style>body{font:16px sans-serif;max-width:32rem;margin:3rem auto}button{font:inherit;margin:.3rem 0;padding:.5rem 1rem}</style>
<h1>Cổng thanh toán (giả lập)</h1><p>${escaped(text)}</p>
<p><b>${new Intl.NumberFormat("vi-VN").format(amountVnd)} đồng</b> · ${STATES[state]}${transaction ? ` · ${escaped(transaction)}` : ""}</p>
${actions.join("\n")}</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
