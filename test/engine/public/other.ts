import * as pulumi from "@pulumi/pulumi";

/** A resource of a package that is not installed here, with those of its outputs that a program reads. */
export class Other extends pulumi.CustomResource {
    private readonly outputs: Record<string, pulumi.Output<string>>;

    constructor(type: string, name: string, inputs: Record<string, unknown>, ...outputs: string[]) {
        const wanted = Object.fromEntries(outputs.map((output) => [output, undefined]));
        super(type, name, { ...wanted, ...inputs });
        const made = this as unknown as Record<string, pulumi.Output<string>>;
        this.outputs = Object.fromEntries(outputs.flatMap((output) => (made[output] ? [[output, made[output]]] : [])));
    }

    output(name: string): pulumi.Output<string> {
        const found = this.outputs[name];
        if (found === undefined) {
            throw new Error(`the program did not say that it reads ${name}`);
        }
        return found;
    }
}
