using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace XQr.Dashboard.Tests.Browser;

/// <summary>A tab of the browser. It records what a page must not do: errors of scripts, and what the content security policy refused.</summary>
public sealed class BrowserTab : IAsyncDisposable
{
    /// <summary>Extends what a busy machine may exceed.</summary>
    public const float Timeout = 60_000;

    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> errors = new();

    private BrowserTab(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.PageError += (_, error) => errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !IsWanted(message.Text))
            {
                errors.Enqueue($"{message.Text} ({message.Location})");
            }
        };
    }

    public IPage Page { get; }

    public static async Task<BrowserTab> OpenAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout(Timeout);
        return new(context, await context.NewPageAsync());
    }

    /// <summary>Opens a page, and asserts its status.</summary>
    public async Task GoAsync(string path, int status = 200)
    {
        var response = await Page.GotoAsync(path);
        Assert.Equal(status, response!.Status);
    }

    /// <summary>Changes the colours and the size of the screen.</summary>
    public async Task ShowAsync(Look look)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = look.ColorScheme });
        await Page.SetViewportSizeAsync(look.Width, look.Height);
    }

    /// <summary>Returns the elements that make the page scroll sideways.</summary>
    public Task<string[]> TooWideAsync() => Page.EvaluateAsync<string[]>(
        """
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
          : [...document.body.querySelectorAll('*')]
            .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth)
            .map(element => element.cloneNode().outerHTML)
        """);

    /// <summary>Asserts that no script failed, and that the policy refused nothing.</summary>
    public async Task HasNoErrorsAsync() => Assert.True(await ErrorsAsync() is [], string.Join('\n', errors));

    /// <summary>Returns the errors of the tab, and the warnings of the browser.</summary>
    public async Task<string[]> ErrorsAsync()
    {
        // All messages before this one have arrived when it arrives.
        await Page.RunAndWaitForConsoleMessageAsync(
            () => Page.EvaluateAsync("() => console.debug('end')"), new() { Predicate = message => message.Text == "end" });
        return [.. errors];
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    /// <summary>
    /// Returns true for Chromium's message for a page whose status is an error, which some tests want to see, and for those of htmx for a request
    /// that a later one has replaced. For a request that failed htmx writes a third message.
    /// </summary>
    private static bool IsWanted(string message) =>
        message.StartsWith("Failed to load resource: the server responded with a status of", StringComparison.Ordinal)
        || message.StartsWith("htmx:sendAbort", StringComparison.Ordinal)
        || message.StartsWith("htmx:afterRequest", StringComparison.Ordinal);
}
