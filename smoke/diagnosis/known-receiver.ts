/** What is known about a receiver, as far as the check's own credential may read it. */
export interface Receiver {
    /** The audiences that it accepts; none if the receiver may not be read. */
    accepts: string[];
    /** Its host, if that does not follow from the audiences. */
    host?: string;
    /** Why everybody gets in. Absent if nobody gets in without a grant, or that is not known. */
    openBecause?: { why: string; fix: string };
    /** Why its newest revision does not serve, in Google's words. */
    notReady?: string;
    /** The full names of the secrets that its revisions read when they start. */
    secrets: string[];
    /** The account that it runs as. */
    account?: string;
    /** Why it answers 404 to everybody outside. Absent if it does not, or that is not known. */
    closedBecause?: { why: string; fix: string };
    /** Whether a document decides who gets in, and no policy. */
    byDocument?: true;
    /** Whether both the receiver and its policy were read, so that nothing is missing above. */
    complete: boolean;
}
