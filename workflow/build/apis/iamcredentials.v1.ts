// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of iamcredentials.v1. */
export interface $Methods {
    "googleapis.iamcredentials.v1.locations.workforcePools.getAllowedLocations": $Method<"name", object, never, WorkforcePoolAllowedLocations>;
    "googleapis.iamcredentials.v1.projects.locations.workloadIdentityPools.getAllowedLocations": $Method<"name", object, never, WorkloadIdentityPoolAllowedLocations>;
    "googleapis.iamcredentials.v1.projects.serviceAccounts.generateAccessToken": $Method<"name", object, GenerateAccessTokenRequest, GenerateAccessTokenResponse>;
    "googleapis.iamcredentials.v1.projects.serviceAccounts.generateIdToken": $Method<"name", object, GenerateIdTokenRequest, GenerateIdTokenResponse>;
    "googleapis.iamcredentials.v1.projects.serviceAccounts.getAllowedLocations": $Method<"name", object, never, ServiceAccountAllowedLocations>;
    "googleapis.iamcredentials.v1.projects.serviceAccounts.signBlob": $Method<"name", object, SignBlobRequest, SignBlobResponse>;
    "googleapis.iamcredentials.v1.projects.serviceAccounts.signJwt": $Method<"name", object, SignJwtRequest, SignJwtResponse>;
}

interface GenerateAccessTokenRequest { delegates: string[]; lifetime: string; scope: string[] }
interface GenerateAccessTokenResponse { accessToken: string; expireTime: string }
interface GenerateIdTokenRequest { audience: string; delegates: string[]; includeEmail: boolean; organizationNumberIncluded: boolean }
interface GenerateIdTokenResponse { token: string }
interface ServiceAccountAllowedLocations { encodedLocations: string; locations: string[] }
interface SignBlobRequest { delegates: string[]; payload: string }
interface SignBlobResponse { keyId: string; signedBlob: string }
interface SignJwtRequest { delegates: string[]; payload: string }
interface SignJwtResponse { keyId: string; signedJwt: string }
interface WorkforcePoolAllowedLocations { encodedLocations: string; locations: string[] }
interface WorkloadIdentityPoolAllowedLocations { encodedLocations: string; locations: string[] }
