import { findPlaceholder } from "../syntax/placeholder";
import { TEMPLATE_CHARACTER } from "./domain";

/** Names in capitals that people put where a value belongs: `PROJECT_ID`, `YOUR_BUCKET`, `<SERVICE_URL>`. */
const names = /^<?(YOUR_\w+|[A-Z][A-Z0-9]*(_[A-Z0-9]+)*_(URL|URI|ID|NAME|REGION|KEY|TOKEN|HOST|NUMBER))>?$/;

/** Whether a text is there for another tool, or a person, to fill in. */
export function isPlaceholder(text: string): boolean {
    return names.test(text) || text.includes(TEMPLATE_CHARACTER) || findPlaceholder(text) !== undefined;
}
