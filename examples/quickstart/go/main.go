package main

import (
	invoke "example.com/pulumi-pulumi-gcp-invoke/sdk/go/pulumigcpinvoke"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

// program deploys a workflow that calls two services and a Google API.
func program(ctx *pulumi.Context) error {
	location := pulumi.String(withDefault(config.Get(ctx, "location"), "europe-west1"))
	// The repository of the images, which is set by `pulumi config set images europe-docker.pkg.dev/PROJECT/REPOSITORY`.
	images := withDefault(config.Get(ctx, "images"), "europe-docker.pkg.dev/demo/quickstart")

	orders, err := invoke.NewInvokableService(ctx, "orders", &invoke.InvokableServiceArgs{
		Image:    pulumi.String(images + "/orders:1"),
		Location: location,
	})
	if err != nil {
		return err
	}
	stock, err := invoke.NewInvokableService(ctx, "stock", &invoke.InvokableServiceArgs{
		Image:    pulumi.String(images + "/stock:1"),
		Location: location,
	})
	if err != nil {
		return err
	}
	// Everybody on the internet reaches this service, and still only callers with a grant get in.
	front, err := invoke.NewInvokableService(ctx, "front", &invoke.InvokableServiceArgs{
		Image:    pulumi.String(images + "/front:1"),
		Location: location,
		Ingress:  invoke.IngressAll,
	})
	if err != nil {
		return err
	}
	logging := invoke.TargetArgs{
		Kind:   pulumi.String("google-api"),
		Url:    pulumi.String("https://logging.googleapis.com"),
		Roles:  invoke.RoleRequestArray{invoke.RoleRequestArgs{Role: pulumi.String("roles/logging.logWriter")}},
		Scopes: pulumi.StringArray{pulumi.String("https://www.googleapis.com/auth/logging.write")},
	}
	fulfil, err := invoke.NewAuthenticatedWorkflow(ctx, "fulfil", &invoke.AuthenticatedWorkflowArgs{
		Location: location,
		Source:   pulumi.NewFileAsset("../fulfil.yaml"),
		Targets:  invoke.TargetMap{"orders": orders.Target, "stock": stock.Target, "logging": logging},
		SmokeCheck: invoke.WorkflowSmokeCheckArgs{
			Argument: pulumi.Map{"order": pulumi.Int(7), "item": pulumi.String("lamp")},
			Expect:   pulumi.Map{"status": pulumi.String("reserved"), "order": pulumi.Int(7), "left": pulumi.Int(4)},
		},
	})
	if err != nil {
		return err
	}
	ctx.Export("ordersUrl", orders.Url)
	ctx.Export("stockUrl", stock.Url)
	ctx.Export("frontUrl", front.Url)
	ctx.Export("workflow", fulfil.WorkflowId)
	ctx.Export("serviceAccount", fulfil.ServiceAccountEmail)
	ctx.Export("invokeCommand", fulfil.InvokeCommand)
	return nil
}

func withDefault(value, standard string) string {
	if value == "" {
		return standard
	}
	return value
}

func main() {
	pulumi.Run(program)
}
