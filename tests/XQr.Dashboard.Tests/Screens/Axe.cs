using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using XQr.Dashboard.Tests.Browser;

namespace XQr.Dashboard.Tests.Screens;

internal static class Axe
{
    /// <summary>Returns what axe finds wrong with a page: the rules of WCAG 2.2 AA, and its own best practices.</summary>
    /// <param name="page">The page.</param>
    /// <param name="look">The look of the page. In the dark only the contrast is checked, because all else is as in the light.</param>
    public static async Task<string[]> FindAsync(IPage page, Look look)
    {
        var result = await page.RunAxe(new AxeRunOptions
        {
            RunOnly = look.IsDark
                ? new() { Type = "rule", Values = ["color-contrast"] }
                : new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
            ResultTypes = [ResultType.Violations],
        });
        return [.. from violation in result.Violations from node in violation.Nodes select $"{violation.Id} ({violation.Help}): {node.Html}"];
    }
}
