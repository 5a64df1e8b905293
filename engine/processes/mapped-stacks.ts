// Stacks of compiled code that name the lines of its sources.
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

interface Frame extends NodeJS.CallSite {
    /** As V8 writes it in a stack. */
    toString: () => string;
}

type CodeOf = (file: string) => string | undefined;

/** What knows the code of files; the last one is asked first. */
const sources: CodeOf[] = [];

/**
 * Has the stacks of errors name the lines of the sources. A map is read when a stack is, as most are not: Node itself would read
 * the map of each file that is loaded.
 *
 * @param codeOf - gives the code of a file with its source map at its end; undefined if it does not know the file
 */
export function mapStacks(codeOf: CodeOf): void {
    sources.unshift(codeOf);
    const maps = new Map<string, SourceMap | undefined>();
    const mapOf = (file: string): SourceMap | undefined => {
        if (!maps.has(file)) {
            const [code = ""] = sources.flatMap((each) => each(file) ?? []);
            maps.set(file, readMap(code));
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
