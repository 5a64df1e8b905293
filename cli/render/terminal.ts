import { styleText } from "node:util";
import { hasColor } from "../color";

type Style = Parameters<typeof styleText>[0];

/** Where a command writes, and what it can do there. */
export interface Terminal {
    write(text: string): void;
    /** Whether lines may be rewritten: true on a terminal, false in a file, a pipe or a CI log. */
    readonly interactive: boolean;
    readonly color: boolean;
    /** The width in columns; 100 if the stream has none. */
    readonly columns: number;
    style(style: Style, text: string): string;
}

/** A terminal over a stream such as `process.stdout`. */
export function terminal(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Terminal {
    // Despite its type, a stream that is no terminal has neither isTTY nor columns.
    const { isTTY, columns } = stream as Partial<NodeJS.WriteStream>;
    const color = hasColor(stream, env);
    return {
        write: (text) => void stream.write(text),
        interactive: isTTY === true && !env.CI && env.TERM !== "dumb",
        color,
        columns: columns ?? 100,
        style: (style, text) => (color ? styleText(style, text, { validateStream: false }) : text),
    };
}

/** A terminal that writes only what is flushed: for a command that is quiet unless it fails. */
export function quiet(screen: Terminal): Terminal & { flush(): void } {
    const texts: string[] = [];
    return {
        ...screen,
        interactive: false,
        write: (text) => void texts.push(text),
        flush: () => screen.write(texts.splice(0).join("")),
    };
}

/** The title of a section. */
export function heading(text: string, screen: Terminal): void {
    screen.write(`${screen.style("bold", `${text}:`)}\n`);
}
