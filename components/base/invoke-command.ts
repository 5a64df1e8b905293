import * as pulumi from "@pulumi/pulumi";

/** The request of a check, as far as a command shows it. */
interface Request {
    path?: pulumi.Input<string>;
    method?: pulumi.Input<string>;
    argument?: unknown;
}

/** A text as one word of a shell. */
export function shellWord(text: string): string {
    return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A value in JSON, as one word of a shell. @param value - an empty object, if it is absent */
export function jsonWord(value: unknown): pulumi.Output<string> {
    return pulumi.output(value === undefined ? {} : value).apply((known) => shellWord(JSON.stringify(known)));
}

/** A shell command that sends what the check of a service sends, or else a plain request. @param token prints an ID token */
export function curlCommand(
    url: pulumi.Output<string>,
    request: Request = {},
    token: pulumi.Input<string> = "gcloud auth print-identity-token",
): pulumi.Output<string> {
    const { path, method, argument } = request;
    const body = argument === undefined ? undefined : jsonWord(argument);
    return pulumi
        .all([url, token, path, method, body])
        .apply(([root, printed, below, verb, data]) =>
            [
                `curl -H "Authorization: Bearer $(${printed})"`,
                ...(verb === undefined ? [] : [`-X ${shellWord(verb)}`]),
                ...(data === undefined ? [] : [`-H "Content-Type: application/json" -d ${data}`]),
                below === undefined ? root : shellWord(root.replace(/\/+$/, "") + below),
            ].join(" "),
        );
}
