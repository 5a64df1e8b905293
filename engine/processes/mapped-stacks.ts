// Stacks of compiled code that name the lines of its sources.
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

interface Frame extends NodeJS.CallSite {
    /** As V8 writes it in a stack. */
    toString: () => string;
}

/** Has the stacks of errors name the lines of the sources, for code with its source map at its end. */
export function mapStacks(codeOf: (file: string) => string | undefined): void {
    const maps = new Map<string, SourceMap | undefined>();
    const mapOf = (file: string): SourceMap | undefined => {
        if (!maps.has(file)) {
            maps.set(file, readMap(codeOf(file) ?? ""));
        }
        return maps.get(file);
    };
    // https://v8.dev/docs/stack-trace-api#customizing-stack-traces
    Error.prepareStackTrace = (error, frames) =>
        [Error.prototype.toString.call(error), ...frames.map((frame) => placeOf(frame, mapOf))].join("\n    at ");
}

function placeOf(frame: Frame, mapOf: (file: string) => SourceMap | undefined): string {
    const text = frame.toString();
    const [file, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
    if (file == null || line === null || column === null) {
        return text;
    }
    // Frames of ES modules have URLs.
    const path = file.startsWith("file:") ? fileURLToPath(file) : file;
    const found = mapOf(path)?.findEntry(line - 1, column - 1);
    return found !== undefined && "originalLine" in found
        ? text.replace(`${file}:${line}:${column}`, `${path}:${found.originalLine + 1}:${found.originalColumn + 1}`)
        : text;
}

function readMap(code: string): SourceMap | undefined {
    const [, map] = /\n\/\/# sourceMappingURL=data:application\/json;[^,]*base64,(\S+)\s*$/.exec(code) ?? [];
    return map === undefined
        ? undefined
        : new SourceMap(
              JSON.parse(Buffer.from(map, "base64").toString()) as ConstructorParameters<typeof SourceMap>[0],
          );
}
