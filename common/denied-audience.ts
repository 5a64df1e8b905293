/** An audience that no receiver has. Hosts that end in `.invalid` never exist. https://www.rfc-editor.org/rfc/rfc6761#section-6.4 */
export const DENIED_AUDIENCE = "https://denied.invalid";
