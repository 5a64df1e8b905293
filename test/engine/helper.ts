import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { type EngineEvent, openStack, type Stack, type StackOptions } from "../../engine";

import { FakeCloud } from "./fake-cloud";

/** The compiled code of programs, which all tests share. */
const cache = process.env["NODE_COMPILE_CACHE"] ?? join(tmpdir(), `engine-tests-${process.pid}`);

/** A stack of a program over a cloud in memory, with the events that it emitted. */
export class Bench {
    readonly state = mkdtempSync(join(tmpdir(), "engine-"));
    readonly events: EngineEvent[] = [];

    constructor(
        readonly directory: string,
        readonly cloud = new FakeCloud(),
    ) {}

    open(config: Record<string, string> = {}, more: Partial<StackOptions> = {}): Promise<Stack> {
        this.events.length = 0;
        return openStack({
            directory: this.directory,
            stateDirectory: this.state,
            config,
            request: this.cloud.request,
            environment: { NODE_COMPILE_CACHE: cache },
            onEvent: (event) => this.events.push(event),
            ...more,
        });
    }

    /** The steps that are done and changed something, such as `create Service chain-api`. */
    steps(): string[] {
        return this.events.flatMap((event) =>
            event.type === "step" && event.phase === "done" && event.step.operation !== "same"
                ? [`${event.step.operation} ${event.step.type.split(":").pop() ?? ""} ${event.step.name}`]
                : [],
        );
    }

    /** The output of the program. */
    printed(): string {
        return this.events.map((event) => (event.type === "output" ? event.text : "")).join("");
    }

    close(): void {
        rmSync(this.state, { recursive: true, force: true });
    }
}

/** The directory of one of the programs in `programs/`. */
export function programDirectory(name: string): string {
    return resolve(__dirname, "programs", name);
}

/** A resource of any type, as a program in JavaScript can register it. */
export class AnyResource extends pulumi.CustomResource {
    constructor(
        type: string,
        name: string,
        inputs: Record<string, unknown> = {},
        options?: pulumi.CustomResourceOptions,
    ) {
        super(type, name, inputs, options);
    }
}
