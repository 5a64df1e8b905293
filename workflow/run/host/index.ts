/** What a run needs of the world: requests, time, secrets, logs; and stand-ins for them. */
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
export { MissingStubError, type Stub, type StubRequest, type StubResponse, toAnswer, toStubRequest } from "./stubs";
