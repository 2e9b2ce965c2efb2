using XQr.Dashboard.Forms;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Pages;

/// <summary>The state of a key.</summary>
public enum KeyState
{
    /// <summary>The key works and never expires.</summary>
    Active,

    /// <summary>The key works and expires at a time.</summary>
    Expires,

    /// <summary>The key works and expires within days.</summary>
    ExpiresSoon,

    /// <summary>Another key replaces the key, which works until the overlap ends.</summary>
    Replaced,

    /// <summary>The key has expired.</summary>
    Expired,

    /// <summary>The key was revoked or replaced.</summary>
    Revoked,
}

/// <summary>A key in the list and on its page.</summary>
/// <param name="Id">The id.</param>
/// <param name="Path">The path of the key's page.</param>
/// <param name="Name">The name.</param>
/// <param name="Prefix">The prefix, which identifies the key.</param>
/// <param name="Scopes">The scopes.</param>
/// <param name="CreatedAt">The time of creation.</param>
/// <param name="LastUsedAt">The time of the last use; null if the key was never used.</param>
/// <param name="State">The state.</param>
/// <param name="StateAt">The time at which the key ends or ended; null if it does not end.</param>
/// <param name="Works">True if the API accepts the key.</param>
/// <param name="CanReplace">True if the key can be replaced.</param>
public sealed record KeyModel(
    string Id,
    string Path,
    string Name,
    string Prefix,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    KeyState State,
    DateTimeOffset? StateAt,
    bool Works,
    bool CanReplace)
{
    /// <summary>Gets the start of the key, by which people recognise it.</summary>
    public string Start => $"xqr_pk_{Prefix}…";
}

/// <summary>The model of the list of keys.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Path">The path of the list.</param>
/// <param name="Keys">The keys of this part of the list.</param>
/// <param name="Limit">The number of active keys, and the limit of the plan.</param>
/// <param name="Calls">The calls of the month, and the quota of the plan.</param>
/// <param name="HasApi">True if the plan includes the API.</param>
/// <param name="Pager">The links to other parts; null if there are none.</param>
/// <param name="Notice">The result of the last change, or the people who may change keys; null if there is none.</param>
public sealed record KeyListModel(
    LayoutModel Layout,
    string Path,
    IReadOnlyList<KeyModel> Keys,
    UsageMeterModel Limit,
    UsageMeterModel Calls,
    bool HasApi,
    PagerModel? Pager,
    AlertModel? Notice)
{
    /// <summary>Gets whether the plan allows no further key.</summary>
    public bool IsFull => Limit.Used >= Limit.Limit;

    /// <summary>Gets whether the person may create a key now.</summary>
    public bool CanCreate => Layout.Frame!.CanManage && HasApi && !IsFull;
}

/// <summary>The scopes of a resource.</summary>
/// <param name="Title">The name of the resource.</param>
/// <param name="Scopes">The scopes.</param>
public sealed record ScopeGroupModel(string Title, IReadOnlyList<Choice> Scopes);

/// <summary>The model of the form of a new key.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="ListPath">The path of the list.</param>
/// <param name="Form">The form.</param>
/// <param name="CreationId">The id of the form, so that it creates one key however often it is sent.</param>
public sealed record KeyFormModel(LayoutModel Layout, string ListPath, FormState Form, string CreationId);

/// <summary>An example of a request.</summary>
/// <param name="Title">The name of the language.</param>
/// <param name="Code">The code.</param>
public sealed record SnippetModel(string Title, string Code);

/// <summary>The model of the page that shows the text of a new key.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="ListPath">The path of the list.</param>
/// <param name="Key">The key.</param>
/// <param name="Text">The text of the key.</param>
/// <param name="Snippets">Examples of requests.</param>
public sealed record KeySecretModel(LayoutModel Layout, string ListPath, KeyModel Key, string Text, IReadOnlyList<SnippetModel> Snippets);

/// <summary>The forms on the page of a key. At most one of them has errors.</summary>
/// <param name="Rename">The form of the name; empty to show the name.</param>
/// <param name="Rotate">The form that replaces the key.</param>
/// <param name="Revoke">The form that revokes the key.</param>
public sealed record KeyForms(FormState Rename, FormState Rotate, FormState Revoke)
{
    /// <summary>Gets forms that were not sent. A replaced key works for a day, so that a program is not stopped by mistake.</summary>
    public static KeyForms Empty { get; } = new(FormState.Empty, FormState.Of(("overlap_seconds", "86400")), FormState.Empty);
}

/// <summary>The model of the page of a key.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="ListPath">The path of the list.</param>
/// <param name="Key">The key.</param>
/// <param name="Version">The entity tag of the key.</param>
/// <param name="Forms">The forms.</param>
/// <param name="CreationId">The id of the form that replaces the key.</param>
/// <param name="CanManage">True if the person may change the key.</param>
/// <param name="Notice">The result of the last change, or the people who may change keys; null if there is none.</param>
/// <param name="IsSentAgain">True if the form that created the key was sent again, so that the browser may not have shown the text.</param>
public sealed record KeyPageModel(
    LayoutModel Layout,
    string ListPath,
    KeyModel Key,
    string Version,
    KeyForms Forms,
    string CreationId,
    bool CanManage,
    AlertModel? Notice,
    bool IsSentAgain)
{
    /// <summary>Gets whether the page offers to replace a key whose text the person may never have seen.</summary>
    public bool OffersNewText => IsSentAgain && CanManage && Key.CanReplace;
}
