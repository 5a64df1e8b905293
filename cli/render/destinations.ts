import { writeFileSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import { fileError } from "../errors";

/** Where a report goes, and in which format: to a file, or to the standard output. */
export interface Destination<F extends string = string> {
    format: F;
    file?: string;
}

/** Reads `junit` or `junit=results.xml`. */
export function parseDestination<F extends string>(text: string, formats: readonly F[]): Destination<F> | undefined {
    const [, name = "", file] = /^([a-z]+)(?:=(.+))?$/s.exec(text) ?? [];
    const format = formats.find((each) => each === name);
    return format && { format, ...(file !== undefined && { file }) };
}

/** Makes the parser of an option that can be given several times: `junit`, or `junit=results.xml`. Each one is kept. */
export function destinationsOf<F extends string>(
    formats: readonly F[],
): (text: string, before?: Destination<F>[]) => Destination<F>[] {
    return (text, before = []) => {
        const destination = parseDestination(text, formats);
        if (destination === undefined) {
            const example = `${formats.at(-1) ?? ""}=FILE`;
            throw new InvalidArgumentError(`give one of ${formats.join(", ")}, or with a file: ${example}`);
        }
        if (destination.file === undefined && before.some(({ file }) => file === undefined)) {
            const fix = "write the other one to a file";
            throw new InvalidArgumentError(`only one format goes to the standard output: ${fix}`);
        }
        return [...before, destination];
    };
}

/** Writes a report to a file, or to the standard output. @throws UserError if the file cannot be written */
export function writeTo({ file }: Destination, text: string): void {
    if (file === undefined) {
        process.stdout.write(text);
        return;
    }
    try {
        writeFileSync(file, text);
    } catch (error) {
        throw fileError(`cannot write the report to ${file}`, error, "name another file");
    }
}
