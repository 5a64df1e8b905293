/** The REST URL of a project, folder or organization begins with this. */
const MANAGER = "https://cloudresourcemanager.googleapis.com/";

/** The REST URL that has a project's policy. */
export const projectUrl = (project: string): string => `${MANAGER}v1/projects/${project}`;

/** The REST URL that has the policy of `folders/1` or `organizations/2`. */
export const ancestorUrl = (name: string): string => `${MANAGER}v3/${name}`;

/** The REST URL of a service account, from its email address. */
export const accountUrl = (email: string): string =>
    `https://iam.googleapis.com/v1/projects/${projectOfAccount(email)}/serviceAccounts/${email}`;

/** The email address in the REST URL of a service account; none in other URLs. */
export const accountsIn = (url: string): string[] =>
    /^https:\/\/iam\.googleapis\.com\/v1\/projects\/[^/]+\/serviceAccounts\/([^/:]+)$/.exec(url)?.slice(1) ?? [];

/** Whether a URL is that of a project, a folder or an organization: what is granted there holds for all below. */
export const isWide = (url: string): boolean => url.startsWith(MANAGER);

/**
 * The project that a service account is in. The default account of Compute Engine has the number of its project in its name,
 * which serves as well.
 */
export function projectOfAccount(email: string): string {
    return (
        /@([^.@]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1] ??
        /^(.+)@appspot\.gserviceaccount\.com$/.exec(email)?.[1] ??
        /^(\d+)-compute@developer\.gserviceaccount\.com$/.exec(email)?.[1] ??
        "-"
    );
}

/** Whether two REST URLs name one resource. The project in the URL of an account can be written in several ways. */
export function isSame(one: string, other: string): boolean {
    const withoutProject = (url: string) => url.replace(/\/projects\/[^/]+(?=\/serviceAccounts\/)/, "").toLowerCase();
    return withoutProject(one) === withoutProject(other);
}

/** The project in a REST URL. */
export function projectOf(url: string): string {
    return /\/projects\/([^/:]+)/.exec(url)?.[1] ?? "";
}

/**
 * The resource and all that it inherits policies from inside of its project, by their names, nearest first. Workflows have no
 * policy of their own; each level of an application behind Identity-Aware Proxy has one.
 */
export function withPolicies(url: string): string[] {
    const { hostname, pathname } = new URL(url);
    if (hostname === "workflows.googleapis.com") {
        return [];
    }
    if (hostname !== "iap.googleapis.com") {
        return [url];
    }
    const parts = pathname.split("/");
    const first = parts.indexOf("iap_web");
    const lengths = [parts.length, first + 2, first + 1].filter((length) => length <= parts.length);
    return lengths.map((length) => `https://${hostname}${parts.slice(0, length).join("/")}`);
}

/** What a resource is called in conditions. https://cloud.google.com/iam/docs/conditions-attribute-reference */
export function attributesOf(
    url: string,
    number: string | undefined,
): { names: string[]; type: string; service: string } {
    const { hostname: service, pathname } = new URL(url);
    const path = pathname.replace(/^\/(storage\/)?v\d\w*\//, "");
    const collection = path.split("/").at(-2) ?? "";
    const singular = collection.replace(/s$/, "");
    const projects = [projectOf(url), ...(number === undefined ? [] : [number]), "-"];
    return {
        names: projects.map((project) => path.replace(/^projects\/[^/]+/, `projects/${project}`)),
        type: `${service}/${singular.charAt(0).toUpperCase()}${singular.slice(1)}`,
        service,
    };
}

/** What people call a resource: `orders`, `project demo`, `fulfil@demo.iam.gserviceaccount.com`. */
export function labelOf(url: string): string {
    const [kind = "", name = ""] = url.split("/").slice(-2);
    return isWide(url) ? `${kind.replace(/s$/, "")} ${name}` : name;
}
