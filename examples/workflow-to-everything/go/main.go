package main

import (
	invoke "example.com/pulumi-pulumi-gcp-invoke/sdk/go/pulumigcpinvoke"
	"github.com/pulumi/pulumi-gcp/sdk/v9/go/gcp/secretmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	images      = "europe-docker.pkg.dev/demo/examples/workflow-to-everything"
	location    = pulumi.String("europe-west1")
	iapClientID = pulumi.String("123456789012-demo.apps.googleusercontent.com")
)

// program deploys one workflow that calls Cloud Run, a function, IAP, a Google API and an API outside of Google Cloud.
func program(ctx *pulumi.Context) error {
	// A Cloud Run service takes an ID token for its URL.
	stock, err := invoke.NewInvokableService(ctx, "stock", &invoke.InvokableServiceArgs{
		Image:    pulumi.String(images + "-stock:1"),
		Location: location,
	})
	if err != nil {
		return err
	}
	// A function of the 2nd generation takes the same. The grant is on the service beneath it.
	price, err := invoke.NewInvokableFunction(ctx, "price", &invoke.InvokableFunctionArgs{
		Source:     pulumi.String("../function"),
		Runtime:    pulumi.String("nodejs22"),
		EntryPoint: pulumi.String("price"),
		Location:   location,
	})
	if err != nil {
		return err
	}
	// An application behind Identity-Aware Proxy takes an ID token for its client ID.
	erp, err := invoke.NewInvokableBackend(ctx, "erp", &invoke.InvokableBackendArgs{
		Image:       pulumi.String(images + "-erp:1"),
		Location:    location,
		IapClientId: iapClientID,
	})
	if err != nil {
		return err
	}
	// A Google API takes an access token.
	logging := invoke.TargetArgs{
		Kind:   pulumi.String("google-api"),
		Url:    pulumi.String("https://logging.googleapis.com"),
		Roles:  invoke.RoleRequestArray{invoke.RoleRequestArgs{Role: pulumi.String("roles/logging.logWriter")}},
		Scopes: pulumi.StringArray{pulumi.String("https://www.googleapis.com/auth/logging.write")},
	}
	rates, err := externalRates(ctx)
	if err != nil {
		return err
	}
	everything, err := invoke.NewAuthenticatedWorkflow(ctx, "everything", &invoke.AuthenticatedWorkflowArgs{
		Location: location,
		Source:   pulumi.NewFileAsset("../everything.yaml"),
		Targets: invoke.TargetMap{
			"stock": stock.Target, "price": price.Target, "erp": erp.Target, "logging": logging, "rates": rates.Target,
		},
		SmokeCheck: invoke.WorkflowSmokeCheckArgs{
			Argument: pulumi.Map{},
			Expect: pulumi.Map{
				"stock": pulumi.String("/items"), "price": pulumi.Int(12),
				"erp": pulumi.String("/bookings"), "rate": pulumi.Float64(1.1),
			},
		},
	})
	if err != nil {
		return err
	}
	ctx.Export("invokeCommand", everything.InvokeCommand)
	return nil
}

// externalRates is an API outside Google Cloud, which takes a secret in a header.
func externalRates(ctx *pulumi.Context) (*invoke.ExternalApi, error) {
	key, err := secretmanager.NewSecret(ctx, "rates-key", &secretmanager.SecretArgs{
		SecretId:    pulumi.String("rates-key"),
		Replication: secretmanager.SecretReplicationArgs{Auto: secretmanager.SecretReplicationAutoArgs{}},
	})
	if err != nil {
		return nil, err
	}
	version, err := secretmanager.NewSecretVersion(ctx, "rates-key", &secretmanager.SecretVersionArgs{
		Secret:     key.ID(),
		SecretData: pulumi.ToSecret(pulumi.String("not the real one")).(pulumi.StringOutput),
	})
	if err != nil {
		return nil, err
	}
	return invoke.NewExternalApi(ctx, "rates", &invoke.ExternalApiArgs{
		Url:     pulumi.String("https://rates.example.com"),
		Secret:  key.SecretId,
		Version: version.Version,
	})
}

func main() {
	pulumi.Run(program)
}
