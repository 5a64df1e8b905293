import { defined } from "../../../common";
import { type Properties, UNKNOWN, type Value } from "../../values";
import type { Http } from "../http";
import type { Subject } from "../types";

/** The project and location of a resource, which complete a short name to a full one. */
export interface Place {
    /** The names of its project: the ID, and the number if it is known. */
    projects: readonly string[];
    /** Its location or region. */
    location?: string;
}

/**
 * The place of a resource by its inputs and the settings of its provider. The number of the project is asked for only if
 * a name has one.
 */
export async function placeOf(http: Http, { config }: Subject, olds: Properties, news: Properties): Promise<Place> {
    const first = (...values: (Value | undefined)[]): string | undefined =>
        values.find((value) => typeof value === "string" && value !== UNKNOWN) as string | undefined;
    const project = first(news["project"], olds["project"], config["project"]);
    const location = first(news["location"], news["region"], olds["location"], olds["region"], config["region"]);
    const numbered = /projects\/\d+["/]/.test(JSON.stringify([olds, news]));
    const number = numbered && project !== undefined ? await projectNumber(http, project) : undefined;
    return {
        projects: [project, number].filter((name) => name !== undefined),
        ...defined({ location }),
    };
}

/** Whether two settings are one project, which may be named by its ID or its number. One that is not set is any. */
export async function sameProjects(http: Http, a: Value | undefined, b: Value | undefined): Promise<boolean> {
    if (typeof a !== "string" || typeof b !== "string" || a === b || [a, b].includes(UNKNOWN)) {
        return true;
    }
    const [number, id] = /^\d+$/.test(a) ? [a, b] : [b, a];
    return /^\d+$/.test(number) && (await projectNumber(http, id)) === number;
}

async function projectNumber(http: Http, project: string): Promise<string | undefined> {
    const found = await http.find("GET", `https://cloudresourcemanager.googleapis.com/v1/projects/${project}`);
    return typeof found?.["projectNumber"] === "string" ? found["projectNumber"] : undefined;
}
