import { findPlaceholder } from "../../syntax";
import { TEMPLATE_CHARACTER } from "../flow";

/** What people put where a value belongs: `PROJECT_ID`, `YOUR_BUCKET`, `<SERVICE_URL>`, `[fill this in]`, `xxxxx`. */
const signs: RegExp[] = [
    /^<?[A-Z][A-Z0-9]*(_[A-Z0-9]+)*_(URL|URI|ID|NAME|REGION|KEY|TOKEN|HOST|NUMBER)>?(\.\w+)?$/,
    /\b(YOUR|EXAMPLE)_[A-Z]+/,
    /<(your|my|the)[ _-][\w -]+>|\[(fill in|your|insert)\b[^\]]*\]/i,
    /\bx{4,}\b|\*{4,}/i,
];

/**
 * Whether a text is there for another tool, or a person, to fill in.
 *
 * @param key - what it is the value of: `location: LOCATION` is a placeholder, `type: PERSISTENT` is not
 */
export function isPlaceholder(text: string, key?: string): boolean {
    // Every sign has one of these characters, and almost no text has.
    if (!/[A-Z_<[{$*\uE000]|xxxx/.test(text)) {
        return false;
    }
    return (
        signs.some((sign) => sign.test(text)) ||
        (/^[A-Z_]{3,}$/.test(text) && text === key?.toUpperCase()) ||
        text.includes(TEMPLATE_CHARACTER) ||
        findPlaceholder(text) !== undefined
    );
}
