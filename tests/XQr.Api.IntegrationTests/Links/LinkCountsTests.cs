using System.Net;
using Azure.Data.Tables;
using CsCheck;
using XQr.Api.Links;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

/// <summary>The counts and the index of links equal a recount after random operations and process crashes.</summary>
public sealed class LinkCountsTests(ServiceFixture service)
{
    private static readonly string[] Labels = ["a", "b", "c"];

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, 30], Gen.Int[0, 7], Gen.Bool, Gen.Int[0, 9], Gen.Bool,
        (kind, link, labels, enabled, deathAfter, loseNextResponse) =>
            new Step(
                (Kind)kind,
                link,
                [.. Labels.Where((_, index) => (labels & (1 << index)) != 0)],
                enabled,
                deathAfter > 6 ? null : deathAfter,
                loseNextResponse));

    private enum Kind
    {
        Create,
        CreateMany,
        Label,
        Switch,
        SwitchMany,
        ChangeMany,
        Render,
        RenderMany,
        Delete,
        DeleteMany,
    }

    [Fact]
    public Task RandomStepsWithCrashes_CountsEqualARecount() => Steps.List[10, 40].SampleAsync(RunAsync, iter: 12, threads: 2);

    private async Task RunAsync(List<Step> steps)
    {
        var time = OffsetTime.InMidMonth();
        await using var sound = await service.StartAnotherAsync(services: time.Register);
        await using var dying = await service.StartAnotherAsync(services: time.Register);
        var workspace = await sound.NewWorkspaceAsync();
        using var dyingClient = dying.NewClient(workspace.Key);
        await dying.UseAsync(workspace.Key);

        var created = 0;
        foreach (var step in steps)
        {
            if (step.DeathAfter is { } calls)
            {
                dying.Faults.DieAfter(calls, step.LoseNextResponse);
            }

            var ids = (await (await workspace.Client.GetAsync("/api/v1/links?limit=200")).DataAsync()).EnumerateArray()
                .Select(link => link.Text("id")).ToList();
            var response = await SendAsync(step.DeathAfter is null ? workspace.Client : dyingClient, step, ids);
            dying.Faults.End();
            created += response.StatusCode == HttpStatusCode.Created ? (step.Kind == Kind.Create ? 1 : 3) : 0;
        }

        // A commit may be retried after its request has given up. From here on, all calls of the process fail.
        dying.Faults.DieAfter(0, loseNextResponse: false);
        await CheckAsync(workspace, created, time.GetUtcNow());
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, Step step, List<string> ids)
    {
        const string Links = "/api/v1/links";
        var id = ids.Count == 0 ? $"{Guid.NewGuid()}" : ids[step.Link % ids.Count];
        var (labels, others) = (Json(step.Labels), Json(Labels.Except(step.Labels)));
        var link = $$"""{"url":"https://example.com/","labels":{{labels}}}""";
        var enabled = step.Enabled ? "true" : "false";
        return step.Kind switch
        {
            Kind.Create => client.PostJsonAsync(Links, link),
            Kind.CreateMany => client.PostJsonAsync($"{Links}/bulk", $$"""{"links":[{{link}},{{link}},{{link}}]}"""),
            Kind.Label => client.PatchJsonAsync($"{Links}/{id}", $$"""{"labels":{{labels}}}"""),
            Kind.Switch => client.PatchJsonAsync($"{Links}/{id}", $$"""{"enabled":{{enabled}},"labels":{{labels}}}"""),
            Kind.SwitchMany => client.PatchJsonAsync($"{Links}/bulk/status", $$"""{"ids":[{{Many(20)}}],"enabled":{{enabled}}}"""),
            Kind.ChangeMany => client.PatchJsonAsync(
                $"{Links}/bulk",
                $$"""{"ids":[{{Many(20)}}],"set":{"enabled":{{enabled}}},"add_labels":{{labels}},"remove_labels":{{others}}}"""),
            Kind.Render => client.GetAsync($"{Links}/{id}/qr"),
            Kind.RenderMany => client.PostJsonAsync("/api/v1/qr/batch", $$"""{"link_ids":[{{Many(20)}}]}"""),
            Kind.DeleteMany => client.PostJsonAsync($"{Links}/bulk/delete", $$"""{"ids":[{{Many(3)}}]}"""),
            _ => client.DeleteAsync($"{Links}/{id}"),
        };

        static string Json(IEnumerable<string> labels) => $"[{string.Join(',', labels.Select(label => $"\"{label}\""))}]";

        string Many(int count) => string.Join(',', ids.Prepend(id).Distinct().Take(count).Select(one => $"\"{one}\""));
    }

    private async Task CheckAsync(TestWorkspace workspace, int created, DateTimeOffset now)
    {
        var rows = await service.Application.Service<Tables>().Workspaces.QueryAsync<TableEntity>(
            row => row.PartitionKey == workspace.Id).ToListAsync();
        var links = rows.Where(row => row.RowKey.StartsWith('l')).Select(LinkRow.ToLink).OfType<Link>().ToList();
        var usage = await service.Application.Service<CountedCommits<LinkUsage>>().FindAsync(workspace.Id, CancellationToken.None);

        Assert.Equal(
            (links.Count, links.Count(link => !link.Enabled), links.Count(link => link.QrRendered)),
            (usage.Links, usage.Disabled, usage.DynamicQr));

        // A creation may have succeeded even if the process died before its response.
        Assert.InRange(usage.CreatedIn(now), created, int.MaxValue);
        Assert.Equal(
            links.SelectMany(link => LinkIndexRows.Change(null, link))
                .Select(action => (action.Entity.RowKey, ((TableEntity)action.Entity).GetBoolean("Enabled"))).Order(),
            rows.Where(row => row.RowKey[0] is 'x' or 'y').Select(row => (row.RowKey, row.GetBoolean("Enabled"))).Order());

        Assert.All(links, HistoryLeadsToTheLink);
        Assert.Equal(links.Count, await TotalAsync(""));
        Assert.Equal(links.Count(link => link.Enabled), await TotalAsync("?enabled=true"));
        Assert.Equal(links.Count(link => !link.Enabled), await TotalAsync("?enabled=false"));
        foreach (var label in Labels)
        {
            Assert.Equal(links.Count(link => link.Labels.Contains(label)), await TotalAsync($"?label={label}"));
            Assert.Equal(links.Count(link => link.Labels.Contains(label) && !link.Enabled), await TotalAsync($"?label={label}&enabled=false"));
        }

        async Task<int> TotalAsync(string query) =>
            (int)(await (await workspace.Client.GetAsync($"/api/v1/links{query}")).BodyAsync()).GetProperty("meta").Number("total");
    }

    /// <summary>Takes the recorded changes back, newest first. Each must lead to the values that the link then had.</summary>
    private static void HistoryLeadsToTheLink(Link link)
    {
        var (labels, enabled) = (link.Labels.ToHashSet(), link.Enabled ? "true" : "false");
        Assert.NotEmpty(link.History.Changes);
        foreach (var value in link.History.Changes.SelectMany(change => change.Changes))
        {
            Assert.True(value.Field switch
            {
                "labels" => value.To is { } added ? labels.Remove(added) : labels.Add(value.From!),
                "enabled" => value.To == enabled && (enabled = value.From) is not null,
                _ => value.From != value.To,
            });
        }
    }

    private sealed record Step(Kind Kind, int Link, string[] Labels, bool Enabled, int? DeathAfter, bool LoseNextResponse);
}
