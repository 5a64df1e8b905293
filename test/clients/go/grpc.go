package main

// What Go's gRPC does with a service that speaks HTTP/2 end to end, through the proxy and the authority of the environment.

import (
	"net/url"
	"os"

	"google.golang.org/api/idtoken"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/oauth"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
)

// Asks for the health of a service, with an ID token for an audience at each call, or with none.
func health(root, audience string) codes.Code {
	place, err := url.Parse(root)
	must(err)
	options := []grpc.DialOption{grpc.WithTransportCredentials(credentials.NewTLS(nil))}
	if audience != "" {
		source, err := idtoken.NewTokenSource(ctx, audience)
		must(err)
		options = append(options, grpc.WithPerRPCCredentials(oauth.TokenSource{TokenSource: source}))
	}
	connection, err := grpc.NewClient(place.Host+":443", options...)
	must(err)
	defer connection.Close()
	answer, err := grpc_health_v1.NewHealthClient(connection).Check(ctx, &grpc_health_v1.HealthCheckRequest{})
	if err == nil && answer.Status != grpc_health_v1.HealthCheckResponse_SERVING {
		return codes.Unavailable
	}
	return status.Code(err)
}

func callGRPC() {
	open, closed := os.Getenv("GRPC_URL"), os.Getenv("CLOSED_GRPC_URL")
	for _, each := range []struct {
		what           string
		root, audience string
		wanted         codes.Code
	}{
		{"is let in", open, open, codes.OK},
		{"is refused without a token", open, "", codes.PermissionDenied},
		{"is refused without the grant", closed, closed, codes.PermissionDenied},
		{"is refused with another audience", open, "https://other.example", codes.Unauthenticated},
	} {
		found := health(each.root, each.audience)
		report("grpc: "+each.what, require(found == each.wanted, "%v was expected, and came %v", each.wanted, found))
	}
}
