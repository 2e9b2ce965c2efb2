using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using XQr.Dashboard.Tests.Browser;

namespace XQr.Dashboard.Tests.Screens;

internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Returns what axe finds wrong with a page: the rules of WCAG 2.2 AA, and its own best practices.</summary>
    /// <param name="page">The page.</param>
    /// <param name="look">The look of the page. In the dark only the contrast is checked, because all else is as in the light.</param>
    public static async Task<string[]> FindAsync(IPage page, Look look)
    {
        // A page is loaded once for all looks, and has no frames. RunAxe would load axe for each look, and open another page for frames.
        if (await page.EvaluateAsync<bool>("() => window.axe === undefined"))
        {
            await page.EvaluateAsync(Script);
        }

        return await page.EvaluateAsync<string[]>(
            """
            async rules => (await axe.run({ runOnly: rules, resultTypes: ['violations'] })).violations
              .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id} (${help}): ${html}`))
            """,
            look.IsDark ? ["color-contrast"] : new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice" });
    }
}
