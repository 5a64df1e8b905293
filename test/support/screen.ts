import type { Terminal } from "../../cli/render";

/** A terminal that keeps what was written, without colours unless asked for. */
export function screen(options: { interactive?: boolean } = {}): Terminal & { text(): string } {
    const written: string[] = [];
    return {
        write: (text) => void written.push(text),
        interactive: options.interactive ?? false,
        color: false,
        columns: 100,
        style: (_, text) => text,
        text: () => written.join(""),
    };
}
