import { closeSync, ftruncateSync, renameSync, rmSync, writeSync } from "node:fs";
import { openPrivateFile, readPrivateFile } from "./private-files";

/** A file of mode 0600 to which whole lines are appended. It stays open between two appends. */
export class LineFile {
    private descriptor: number | undefined;
    /** Where the next line begins. What a killed process, or a full disk, cut off behind it is written over. */
    bytes: number;

    constructor(private readonly path: string) {
        this.bytes = (readPrivateFile(path)?.lastIndexOf("\n") ?? -1) + 1;
    }

    /** Appends lines, given without their ends. @throws Error if not all of them can be written: the file is then as it was */
    append(lines: readonly string[]): void {
        const descriptor = this.open();
        const text = Buffer.from(lines.map((line) => `${line}\n`).join(""));
        for (let written = 0; written < text.length;) {
            written += writeSync(descriptor, text, written, text.length - written, this.bytes + written);
        }
        this.bytes += text.length;
    }

    /** Takes all lines out of the file. */
    empty(): void {
        if (this.descriptor === undefined) {
            rmSync(this.path, { force: true });
        } else {
            ftruncateSync(this.descriptor, 0);
        }
        this.bytes = 0;
    }

    /** Gives the file another name, whatever had it. What is appended from now on begins a new file. */
    moveTo(path: string): void {
        if (this.descriptor !== undefined) {
            closeSync(this.descriptor);
            this.descriptor = undefined;
        }
        renameSync(this.path, path);
        this.bytes = 0;
    }

    /** Closes the file, and removes it if nothing is in it. */
    close(): void {
        if (this.descriptor !== undefined) {
            closeSync(this.descriptor);
            this.descriptor = undefined;
        }
        if (this.bytes === 0) {
            rmSync(this.path, { force: true });
        }
    }

    private open(): number {
        if (this.descriptor === undefined) {
            this.descriptor = openPrivateFile(this.path);
            ftruncateSync(this.descriptor, this.bytes);
        }
        return this.descriptor;
    }
}
