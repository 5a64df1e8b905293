/** Scopes without a URL. https://developers.google.com/identity/protocols/oauth2/scopes */
const SHORT = ["openid", "email", "profile"];
/** Hosts whose URLs are scopes: all of Google's newer scopes are below the first, and a few older ones below the others. */
const OF_GOOGLE = /^https:\/\/(www\.googleapis\.com\/auth\/[\w.-]+(\/[\w.-]+)*|([\w-]+\.)*google\.com\/[\w./-]*)$/;

/** Whether a text has the form of an OAuth scope of Google's. The URL of a service has not: it is an audience. */
export function isScope(text: string): boolean {
    return SHORT.includes(text) || OF_GOOGLE.test(text);
}
