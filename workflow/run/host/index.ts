/** What a run needs from outside: requests, time, tokens and logs; and stubs of them for tests. */
export { type Clock, VirtualClock } from "./clock";
export {
    type Auth,
    type Callback,
    type CallbackRequest,
    canonicalHeader,
    type Host,
    HostError,
    type HttpAnswer,
    type HttpCall,
    type LogEntry,
} from "./host";
export { type RecordedAnswer, type RecordedCallback, type Recording, RecordingHost } from "./recording";
export { MissingStubError, type Stub, type StubRequest, type StubResponse, toAnswer, toStubRequest } from "./stubs";
