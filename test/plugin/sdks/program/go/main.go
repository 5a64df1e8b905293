package main

import (
	invoke "example.com/pulumi-pulumi-gcp-invoke/sdk/go/pulumigcpinvoke"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

const location = pulumi.String("europe-west1")

func image(name string) pulumi.StringInput {
	return pulumi.String("europe-docker.pkg.dev/acme/shop/" + name + ":1")
}

func program(ctx *pulumi.Context) error {
	stock, err := invoke.NewInvokableService(ctx, "stock", &invoke.InvokableServiceArgs{
		Image: image("stock"), Location: location, Ingress: invoke.IngressAll,
	})
	if err != nil {
		return err
	}
	orders, err := invoke.NewInvokableService(ctx, "orders", &invoke.InvokableServiceArgs{
		Image: image("orders"), Location: location, Ingress: invoke.IngressAll,
		Env:     pulumi.StringMap{"PASSWORD": pulumi.ToSecret(pulumi.String("never-shown")).(pulumi.StringOutput)},
		Invokes: invoke.TargetMap{"stock": stock.Target},
	})
	if err != nil {
		return err
	}
	report, err := invoke.NewInvokableFunction(ctx, "report", &invoke.InvokableFunctionArgs{
		Source: pulumi.String("./report"), Runtime: pulumi.String("nodejs22"),
		EntryPoint: pulumi.String("report"), Location: location,
	})
	if err != nil {
		return err
	}
	place, err := invoke.NewAuthenticatedWorkflow(ctx, "place", &invoke.AuthenticatedWorkflowArgs{
		Location: location, Source: pulumi.NewFileAsset("place.yaml"),
		Targets: invoke.TargetMap{"orders": orders.Target},
		SmokeCheck: invoke.WorkflowSmokeCheckArgs{
			Argument: pulumi.Map{"order": pulumi.Int(7)},
			Expect:   pulumi.Map{"ok": pulumi.Bool(config.RequireBool(ctx, "healthy"))},
		},
	})
	if err != nil {
		return err
	}
	if err := senders(ctx, stock, orders, report); err != nil {
		return err
	}
	ctx.Export("kind", orders.Target.Kind())
	ctx.Export("invokeCommand", place.InvokeCommand)
	return nil
}

func senders(ctx *pulumi.Context, stock, orders *invoke.InvokableService, report *invoke.InvokableFunction) error {
	if _, err := invoke.NewAuthenticatedSchedule(ctx, "nightly", &invoke.AuthenticatedScheduleArgs{
		Location: location, Schedule: pulumi.String("0 2 * * *"), Target: report.Target,
	}); err != nil {
		return err
	}
	if _, err := invoke.NewAuthenticatedQueue(ctx, "emails", &invoke.AuthenticatedQueueArgs{
		Location: location, Target: stock.Target, Path: pulumi.String("/send"),
		Enqueuers: pulumi.StringArray{orders.Member},
	}); err != nil {
		return err
	}
	if _, err := invoke.NewAuthenticatedPush(ctx, "placed", &invoke.AuthenticatedPushArgs{
		Target: invoke.TargetArgs{Component: stock.URN()}, Path: pulumi.String("/placed"),
	}); err != nil {
		return err
	}
	_, err := invoke.NewContinuousCheck(ctx, "pulse", &invoke.ContinuousCheckArgs{
		Location: location, Schedule: pulumi.String("*/5 * * * *"),
		Requests: invoke.RequestCheckMap{
			"stock": invoke.RequestCheckArgs{Target: stock.Target, Path: pulumi.String("/")},
		},
	})
	return err
}

func main() {
	pulumi.Run(program)
}
