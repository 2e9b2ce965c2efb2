using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions.Tests.Routing;

/// <summary>A function with an HTTP trigger.</summary>
/// <param name="Name">The name by which the host orders it.</param>
/// <param name="Trigger">What it declares.</param>
/// <param name="Method">What it runs.</param>
internal sealed partial record TriggerFunction(string Name, HttpTriggerAttribute Trigger, MethodInfo Method)
{
    /// <summary>Every one, in the order of the host: <c>FunctionMetadataManager.LoadFunctionMetadata</c> sorts by name without regard to case.</summary>
    public static IReadOnlyList<TriggerFunction> All { get; } =
        [.. from type in typeof(XQrPipeline).Assembly.GetTypes()
            from method in type.GetMethods()
            let function = method.GetCustomAttribute<FunctionAttribute>()
            let trigger = method.GetParameters().FirstOrDefault()?.GetCustomAttribute<HttpTriggerAttribute>()
            where function is not null && trigger is not null
            orderby function.Name.ToUpperInvariant()
            select new TriggerFunction(function.Name, trigger, method)];

    /// <summary>The one that takes any path.</summary>
    public static TriggerFunction Fallback { get; } = All.Single(function => function.Route == "{*path}");

    public string Route => Trigger.Route!;

    /// <summary>A route that differs from another only in how its parameters are named and constrained has the same shape.</summary>
    public static string ShapeOf(string route) => Parameters().Replace(route.Trim('/'), "{}").ToUpperInvariant();

    public Task RunAsync(XQrPipeline pipeline, HttpRequest request) =>
        (Task)Method.Invoke(Activator.CreateInstance(Method.DeclaringType!, pipeline), [request])!;

    [GeneratedRegex(@"\{[^{}*]*\}")]
    private static partial Regex Parameters();
}
