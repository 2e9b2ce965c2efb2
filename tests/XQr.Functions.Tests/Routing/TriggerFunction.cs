using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions.Tests.Routing;

/// <summary>Represents a function with an HTTP trigger.</summary>
/// <param name="Name">The name, which determines the order in the host.</param>
/// <param name="Trigger">The attribute of the trigger.</param>
/// <param name="Method">The method of the function.</param>
internal sealed partial record TriggerFunction(string Name, HttpTriggerAttribute Trigger, MethodInfo Method)
{
    /// <summary>
    /// Gets all functions in the order of the host: <c>FunctionMetadataManager.LoadFunctionMetadata</c> sorts by name, regardless of case.
    /// </summary>
    public static IReadOnlyList<TriggerFunction> All { get; } =
        [.. from type in typeof(XQrPipeline).Assembly.GetTypes()
            from method in type.GetMethods()
            let function = method.GetCustomAttribute<FunctionAttribute>()
            let trigger = method.GetParameters().FirstOrDefault()?.GetCustomAttribute<HttpTriggerAttribute>()
            where function is not null && trigger is not null
            orderby function.Name.ToUpperInvariant()
            select new TriggerFunction(function.Name, trigger, method)];

    /// <summary>Gets the function for any path.</summary>
    public static TriggerFunction Fallback { get; } = All.Single(function => function.Route == "{*path}");

    public string Route => Trigger.Route!;

    /// <summary>Returns a route without the names and constraints of its parameters.</summary>
    public static string ShapeOf(string route) => Parameters().Replace(route.Trim('/'), "{}").ToUpperInvariant();

    /// <summary>Runs the function.</summary>
    public Task RunAsync(XQrPipeline pipeline, HttpRequest request) =>
        (Task)Method.Invoke(Activator.CreateInstance(Method.DeclaringType!, pipeline), [request])!;

    [GeneratedRegex(@"\{[^{}*]*\}")]
    private static partial Regex Parameters();
}
