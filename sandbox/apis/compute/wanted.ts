import type { Call, Json } from "../../cloud";

/** What is asked of the check of a resource before it is kept. */
export interface Wanted {
    call: Call;
    project: string;
    region: string | undefined;
    /** `projects/P/global/urlMaps/M`. */
    key: string;
    /** The resource as it is, if it is changed. */
    current: Json | undefined;
}
