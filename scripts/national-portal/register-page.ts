import type { PortalEntry } from "./portal-register.ts";

/** Page that shows what the stand-in has, and which of its faults are on. */
export function registerPage(entries: readonly PortalEntry[], faults: object): string {
  const rows = entries.map(({ snapshot, steps }) => {
    const { MaHoSo, TenTTHC, TrangThaiHoSo, NgayHenTra } = snapshot;
    const progress = steps.map(({ ThoiDiemXuLy, TrangThai, NoiDungXuLy }) =>
      escaped(`${ThoiDiemXuLy} [${TrangThai}] ${NoiDungXuLy}`),
    );
    return `<tr><td>${escaped(MaHoSo)}<td>${escaped(TenTTHC)}<td>${escaped(TrangThaiHoSo)}<td>${escaped(NgayHenTra)}<td>${progress.join("<br>")}`;
  });
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Cổng dịch vụ công quốc gia (giả lập)</title>
<style>body{font:15px sans-serif;margin:2rem}td,th{border:1px solid #bbb;padding:.3rem .6rem;text-align:left;vertical-align:top}table{border-collapse:collapse}</style>
<h1>Cổng dịch vụ công quốc gia (giả lập / stand-in)</h1>
<p>Faults: ${escaped(JSON.stringify(faults))} · POST /faults?fault=AWAY&amp;times=3 · <a href="/dossiers">JSON</a></p>
<table><tr><th>Mã hồ sơ<th>Thủ tục<th>Trạng thái<th>Hẹn trả<th>Tiến độ${rows.join("\n")}</table></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
