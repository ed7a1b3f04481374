import { toString as toQr } from "qrcode";

/** QR code of an address as SVG, dark on white in light and dark mode, with the quiet zone of ISO/IEC 18004. */
export function qrCode(address: string): Promise<string> {
  return toQr(address, { type: "svg", errorCorrectionLevel: "M", margin: 4 });
}
