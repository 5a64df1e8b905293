import { type DeclaredTarget, variablePrefix } from "../auth";

/** Something that a workflow can call, as the files beside it name it. */
export interface KnownTarget {
    name: string;
    /** The environment variable that holds its URL. */
    variable?: string;
    url?: string;
    /** Where it is named, such as `Pulumi.yaml`. */
    from: string;
}

/** Targets that are declared for the audit. */
export function declared(targets: readonly DeclaredTarget[]): KnownTarget[] {
    return targets.map(({ name, url, urlVariable, kind }) => ({
        name,
        from: "--target",
        ...(url !== undefined && { url }),
        ...(kind !== "google-api" && { variable: urlVariable ?? `${variablePrefix(name)}_URL` }),
    }));
}

/** The expression that gives the URL of a target. */
export function urlOf({ variable, url }: KnownTarget): string | undefined {
    return variable === undefined ? url : `\${sys.get_env("${variable}")}`;
}
