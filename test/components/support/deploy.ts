import * as pulumi from "@pulumi/pulumi";
import { type MockedResource, type MockOptions, setMocks } from "../../../testing";

export interface Deployed {
    resources: MockedResource[];
    /** The one resource of that type and name. */
    find(type: string, name: string): Record<string, unknown>;
    /** `type name` of each, without components' packages: `Account fulfil`. */
    names(): string[];
}

/** Runs a program against mocks, to its end. */
export async function deploy(program: () => unknown, options: MockOptions = {}): Promise<Deployed> {
    const mocked = await setMocks(options);
    try {
        await failing(async () => {
            program();
            await mocked.settled();
        });
    } finally {
        // The configuration belongs to the process, and the next test must not find it.
        if (options.config !== undefined) {
            pulumi.runtime.setAllConfig({});
        }
    }
    const { resources } = mocked;
    return {
        resources,
        find: (type, name) => {
            const found = resources.filter((resource) => short(resource.type) === type && resource.name === name);
            if (found.length !== 1) {
                throw new Error(
                    `${found.length} resources ${type} ${name} among ${resources.map(typeAndName).join(", ")}`,
                );
            }
            return found[0]!.inputs;
        },
        names: () => resources.map(typeAndName).sort(),
    };
}

/** The message with which a program is refused. */
export async function refusal(program: () => unknown, options: MockOptions = {}): Promise<string> {
    try {
        await deploy(program, options);
    } catch (error) {
        return (error as Error).message;
    }
    throw new Error("the program was not refused");
}

/** What an output comes to. */
export function value<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => {
        output.apply((known) => resolve(known));
    });
}

/** Pulumi tells failures of a program by unhandled rejections: the first one is this promise's. */
async function failing(run: () => Promise<void>): Promise<void> {
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    let fail: (reason: unknown) => void = () => undefined;
    const failed = new Promise<void>((_resolve, reject) => (fail = reject));
    process.on("unhandledRejection", fail);
    try {
        await Promise.race([run(), failed]);
        await new Promise((resolve) => setImmediate(resolve));
    } finally {
        // The same failure arrives once for every resource that waited for it.
        await new Promise((resolve) => setImmediate(resolve));
        process.removeAllListeners("unhandledRejection");
        for (const other of others) {
            process.on("unhandledRejection", other);
        }
    }
}

function short(type: string): string {
    return type.slice(type.lastIndexOf(":") + 1);
}

function typeAndName({ type, name }: MockedResource): string {
    return `${short(type)} ${name}`;
}
