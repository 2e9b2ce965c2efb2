using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using XQr.Functions.Tests.Routing;
using XQr.Testing;

namespace XQr.Functions.Tests;

/// <summary>The Functions app has a function for each endpoint of the application, in a form that the host and the worker support.</summary>
public sealed class ParityTests(AppFixture fixture)
{
    [Fact]
    public void EveryRoute_HasOneFunction_AndEveryFunctionARoute()
    {
        var functions = TriggerFunction.All.Except([TriggerFunction.Fallback]);

        Assert.Equal(
            fixture.Routes.Select(TriggerFunction.ShapeOf).Order(StringComparer.Ordinal),
            functions.Select(function => TriggerFunction.ShapeOf(function.Route)).Order(StringComparer.Ordinal));
    }

    /// <summary>The fallback matches every path, so the host would never call a function after it.</summary>
    [Fact]
    public void Fallback_IsTheLastByName()
    {
        Assert.Equal(TriggerFunction.Fallback, TriggerFunction.All.MaxBy(function => function.Name, StringComparer.OrdinalIgnoreCase));
        Assert.Equal(TriggerFunction.Fallback, TriggerFunction.All.MaxBy(function => function.Name, StringComparer.Ordinal));
    }

    /// <summary>Names are case-insensitive for the host.</summary>
    [Fact]
    public void Names_AreDistinctAndPlain()
    {
        var names = TriggerFunction.All.Select(function => function.Name).ToList();

        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Matches("^[A-Za-z][A-Za-z0-9]{0,126}$", name));
    }

    /// <summary>The host responds to an unsupported method without a body. The application responds with 405 in the envelope.</summary>
    [Fact]
    public void Triggers_AcceptEveryMethodWithoutAuthorization() => Assert.All(TriggerFunction.All, function =>
    {
        Assert.Null(function.Trigger.Methods);
        Assert.Equal(AuthorizationLevel.Anonymous, function.Trigger.AuthLevel);
    });

    /// <summary>The host reserves these first segments and does not start a function with them.</summary>
    [Fact]
    public void Routes_AvoidTheReservedSegments() => Assert.All(
        TriggerFunction.All,
        function => Assert.DoesNotMatch("^(admin|runtime)(/|$)", function.Route.ToLowerInvariant()));

    /// <summary>No path matches two patterns, except those of short codes and the fallback, which must come last.</summary>
    [Fact]
    public async Task Patterns_AreDisjoint()
    {
        var routers = TriggerFunction.All.ToDictionary(function => function, function => new HostRouter([function], fixture.Services));
        foreach (var path in SamplePaths.For(TriggerFunction.All.Select(function => function.Route), fixture.Link.Id, fixture.Link.ShortCode))
        {
            var matching = new List<TriggerFunction>();
            foreach (var (function, router) in routers)
            {
                if (await router.ChooseAsync(path) is not null)
                {
                    matching.Add(function);
                }
            }

            Assert.Equal(matching.OrderBy(Rank), matching);
            Assert.True(
                matching.Count(function => Rank(function) == 0) <= 1,
                $"{path} matches {string.Join(", ", matching.Select(function => function.Name))}");
        }

        static int Rank(TriggerFunction function) => function.Route switch { "{*path}" => 2, "{short_code}" => 1, _ => 0 };
    }

    /// <summary>The sweep runs as often as in <c>XQr.Server</c>. A start does not run it, because many instances start at once.</summary>
    [Fact]
    public void Sweep_RunsEachMinute()
    {
        var parameter = typeof(WorkFunctions).GetMethod(nameof(WorkFunctions.SweepAsync))!.GetParameters()[0];
        var timer = parameter.GetCustomAttribute<TimerTriggerAttribute>()!;

        Assert.Equal(typeof(TimerInfo), parameter.ParameterType);
        Assert.Equal("0 * * * * *", timer.Schedule);
        Assert.False(timer.RunOnStartup);
    }

    /// <summary>Anything that a trigger does in addition to its call would be missing on Kestrel.</summary>
    [Fact]
    public void Triggers_AreOneExpression()
    {
        var sources = Directory.GetFiles(Repository.PathOf("src", "XQr.Functions"), "*Functions.cs").Select(File.ReadAllText).ToList();
        var functions = sources.Sum(source => Regex.Count(source, @"\[Function\("));

        Assert.Equal(functions, sources.Sum(source => Regex.Count(source, @"\) =>\s+\w+\.\w+\([^;{}]*\);\n")));
        var methods = typeof(XQrPipeline).Assembly.GetTypes().SelectMany(type => type.GetMethods());
        Assert.Equal(functions, methods.Count(method => method.GetCustomAttribute<FunctionAttribute>() is not null));
        Assert.All(sources, source => Assert.DoesNotMatch(@"\b(await|return|if|try)\b", Regex.Replace(source, "///.*", "")));
    }
}
