import { subjectOf } from "./oauth2";
import type { ApiDefinition, Route } from "../framework";

/** The scopes that let the holder of a token see whose token it is. */
const scopes = ["openid", "email", "profile", "https://www.googleapis.com/auth/userinfo.email"];

/** The gcp provider calls this first, to find out who deploys. */
export const userInfo = (path: string): Route => ({
    verb: "GET",
    path,
    permission: undefined,
    handle(_request, { principal }) {
        const { email_verified: verified, ...subject } = subjectOf(principal);
        return { ...subject, ...(verified === undefined ? {} : { email_verified: true }) };
    },
});

/** `openidconnect.googleapis.com`: says whose access token it is. */
export const openIdConnectApi: ApiDefinition = {
    host: "openidconnect.googleapis.com",
    scopes,
    routes: [userInfo("/v1/userinfo")],
};
