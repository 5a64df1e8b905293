/** An agent of the A2A protocol. */
export interface AgentRequest {
    /** The root URLs of the service. Each URL of the card must begin with one of them, because callers send their tokens there. */
    roots: string[];
    /** The skills that the card must list, by their IDs. */
    skills: string[];
    /** A text that is sent to the agent. @default - none is sent */
    message?: string;
}
