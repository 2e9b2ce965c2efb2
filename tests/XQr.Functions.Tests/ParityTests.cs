using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using XQr.Functions.Tests.Routing;
using XQr.Testing;

namespace XQr.Functions.Tests;

/// <summary>That the Functions app has what the application has, in the only form that the host and the worker both understand.</summary>
public sealed class ParityTests(AppFixture fixture)
{
    [Fact]
    public void EveryRoute_HasOneFunction_AndEveryFunctionARoute() =>
        Assert.Equal(
            fixture.Routes.Select(TriggerFunction.ShapeOf).Order(StringComparer.Ordinal),
            TriggerFunction.All.Except([TriggerFunction.Fallback]).Select(function => TriggerFunction.ShapeOf(function.Route)).Order(StringComparer.Ordinal));

    /// <summary>It matches whatever another matches; the host would call it for all that comes after it.</summary>
    [Fact]
    public void Fallback_IsTheLastByName()
    {
        Assert.Equal(TriggerFunction.Fallback, TriggerFunction.All.MaxBy(function => function.Name, StringComparer.OrdinalIgnoreCase));
        Assert.Equal(TriggerFunction.Fallback, TriggerFunction.All.MaxBy(function => function.Name, StringComparer.Ordinal));
    }

    /// <summary>The host holds names to be the same that differ in their case only.</summary>
    [Fact]
    public void Names_AreDistinctAndPlain()
    {
        var names = TriggerFunction.All.Select(function => function.Name).ToList();

        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Matches("^[A-Za-z][A-Za-z0-9]{0,126}$", name));
    }

    /// <summary>The host answers a wrong method with nothing, and cuts HEAD; the application says 405 in the envelope.</summary>
    [Fact]
    public void Triggers_TakeEveryMethodFromAnybody() => Assert.All(TriggerFunction.All, function =>
    {
        Assert.Null(function.Trigger.Methods);
        Assert.Equal(AuthorizationLevel.Anonymous, function.Trigger.AuthLevel);
    });

    /// <summary>The host keeps these first segments for itself and refuses to start a function on them.</summary>
    [Fact]
    public void Routes_LeaveTheHostsOwnAlone() => Assert.All(
        TriggerFunction.All,
        function => Assert.DoesNotMatch("^(admin|runtime)(/|$)", function.Route.ToLowerInvariant()));

    /// <summary>No path is of two patterns; the two open ones, a short code and the fallback, must come after whatever they overlap.</summary>
    [Fact]
    public async Task Patterns_AreDisjoint()
    {
        var alone = TriggerFunction.All.ToDictionary(function => function, function => new HostRouter([function], fixture.Services));
        foreach (var path in SamplePaths.For(TriggerFunction.All.Select(function => function.Route), fixture.Link.Id, fixture.Link.ShortCode))
        {
            var matching = new List<TriggerFunction>();
            foreach (var (function, router) in alone)
            {
                if (await router.ChooseAsync(path) is not null)
                {
                    matching.Add(function);
                }
            }

            Assert.Equal(matching.OrderBy(IsOpen), matching);
            Assert.True(matching.Count(function => IsOpen(function) == 0) <= 1, $"{path} is of {string.Join(", ", matching.Select(function => function.Name))}");
        }

        static int IsOpen(TriggerFunction function) => function.Route switch { "{*path}" => 2, "{short_code}" => 1, _ => 0 };
    }

    /// <summary>As often as <c>XQr.Server</c> does; no instance runs it because it starts, since many start at once.</summary>
    [Fact]
    public void Maintenance_RunsEachMinute()
    {
        var parameter = typeof(MaintenanceFunctions).GetMethod(nameof(MaintenanceFunctions.MaintenanceAsync))!.GetParameters()[0];
        var timer = parameter.GetCustomAttribute<TimerTriggerAttribute>()!;

        Assert.Equal(typeof(TimerInfo), parameter.ParameterType);
        Assert.Equal("0 * * * * *", timer.Schedule);
        Assert.False(timer.RunOnStartup);
    }

    /// <summary>What a trigger did beyond its one call would be missing on Kestrel.</summary>
    [Fact]
    public void Triggers_AreOneExpression()
    {
        var sources = Directory.GetFiles(Repository.PathOf("src", "XQr.Functions"), "*Functions.cs").Select(File.ReadAllText).ToList();
        var functions = sources.Sum(source => Regex.Count(source, @"\[Function\("));

        Assert.Equal(functions, sources.Sum(source => Regex.Count(source, @"\) =>\s+\w+\.\w+\([^;{}]*\);\n")));
        Assert.Equal(functions, typeof(XQrPipeline).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Count(method => method.GetCustomAttribute<FunctionAttribute>() is not null));
        Assert.All(sources, source => Assert.DoesNotMatch(@"\b(await|return|if|try)\b", Regex.Replace(source, "///.*", "")));
    }
}
