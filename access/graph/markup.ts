const NAMED: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text for HTML and SVG, without the control characters that they cannot express. */
export const escapeMarkup = (text: string): string =>
    text.replace(/(?![\n\t])\p{Cc}/gu, "").replace(/[&<>"']/g, (sign) => NAMED[sign] ?? sign);
