using System.Text.Json;
using Microsoft.AspNetCore.Http;
using XQr.Api.Developers;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Settings;

/// <summary>
/// Shows the text of a new key once: in the response to the form that creates it. The text is stored nowhere, so no address shows it again.
/// A form that is sent again creates nothing and leads to the page of the key.
/// </summary>
internal sealed class KeySecretPage(FormCreations creations, KeyModelFactory models, KeySnippets snippets)
{
    /// <summary>The notice on the page of a key whose form was sent again.</summary>
    public const string SentAgain = "sent-again";

    /// <summary>Creates a key and shows its text, or leads to the page of the key that the form created before.</summary>
    /// <param name="context">The request.</param>
    /// <param name="creationId">The id of the form.</param>
    /// <param name="content">The content of the form.</param>
    /// <param name="createAsync">A function that creates the key.</param>
    /// <param name="refuseAsync">A function that shows the form with an error.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<IResult> CreateAsync(
        HttpContext context,
        string creationId,
        JsonElement content,
        Func<Task<OperationResult<NewKey>>> createAsync,
        Func<ApiError, Task<IResult>> refuseAsync,
        CancellationToken cancellationToken)
    {
        var created = (NewKey?)null;
        var path = await creations.RunAsync(context, creationId, content, RunAsync, cancellationToken);
        return !path.Succeeded ? await refuseAsync(path.Error)
            : created is null ? Notices.SeeOther(path.Value, SentAgain)
            : Show(context, created);

        async Task<OperationResult<string>> RunAsync(CreationSeed seed)
        {
            var result = await createAsync();
            created = result.Value;
            return result.Succeeded ? KeyModelFactory.PagePath(result.Value.Key.WorkspaceId, result.Value.Key.Id) : result.Error;
        }
    }

    private IResult Show(HttpContext context, NewKey created)
    {
        var model = new KeySecretModel(
            Frames.Layout(context, DeveloperTexts.SecretTitle, Section.Settings),
            KeyModelFactory.ListPath(created.Key.WorkspaceId),
            models.Of(created.Key),
            created.Text,
            snippets.Of(created.Key.Scopes, created.Text));
        return Page.Of<Pages.Settings.KeySecret, KeySecretModel>(model);
    }
}
