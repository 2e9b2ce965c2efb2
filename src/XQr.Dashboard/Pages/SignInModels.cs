namespace XQr.Dashboard.Pages;

/// <summary>The model of a page with a message about the sign-in and one thing to do.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Text">The message.</param>
/// <param name="Link">The URL to go to; null for none.</param>
/// <param name="LinkText">The text of the link.</param>
/// <param name="Continue">The URL to which the browser continues by itself; null for none.</param>
public sealed record NoticeModel(LayoutModel Layout, string Text, string? Link = null, string? LinkText = null, string? Continue = null);

/// <summary>The model of a form that can be sent again.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Text">The reason.</param>
/// <param name="Action">The path to which the form is sent.</param>
/// <param name="SignIn">The path of the sign-in, which opens in a new tab; null if the person is signed in.</param>
/// <param name="Fields">The fields.</param>
public sealed record KeptFormModel(LayoutModel Layout, string Text, string Action, string? SignIn, IReadOnlyList<KeptField> Fields);

/// <summary>A field of a form that can be sent again.</summary>
public sealed record KeptField(string Name, string Value);
