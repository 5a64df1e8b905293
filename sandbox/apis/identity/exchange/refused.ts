import { InvokeError } from "../../../../errors";

/** A refusal of a credential, in OAuth's form. The texts are from reports of Google's [K]. */
export class Refused extends InvokeError {
    constructor(
        readonly code: string,
        message: string,
    ) {
        super(message);
    }
}
