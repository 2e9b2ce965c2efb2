using XQr.Dashboard.Forms;

namespace XQr.Dashboard.Pages.Parts;

/// <summary>A message in a page.</summary>
/// <param name="Kind">The kind: <c>error</c>, <c>warn</c>, <c>info</c> or <c>ok</c>.</param>
/// <param name="Text">The message.</param>
/// <param name="Link">The path of a page that helps; null if there is none.</param>
/// <param name="LinkText">The text of the link.</param>
public sealed record AlertModel(string Kind, string Text, string? Link = null, string? LinkText = null)
{
    /// <summary>Gets the people whom the person can ask.</summary>
    public IReadOnlyList<ContactModel> People { get; init; } = [];
}

/// <summary>A person whom the reader of a page can ask.</summary>
public sealed record ContactModel(string Email, string? Name)
{
    /// <summary>Gets the URL that opens a new message to the person.</summary>
    public string MailUrl => $"mailto:{Uri.EscapeDataString(Email).Replace("%40", "@", StringComparison.Ordinal)}";
}

/// <summary>A button that copies a text.</summary>
/// <param name="Text">The text to copy.</param>
/// <param name="Label">The label, which says what is copied.</param>
/// <param name="Caption">The visible text beside the icon; null for the icon alone.</param>
public sealed record CopyModel(string Text, string Label, string? Caption = null);

/// <summary>The place of a list without items: what the list is for and what to do first.</summary>
/// <param name="Icon">The icon.</param>
/// <param name="Title">The title.</param>
/// <param name="Text">The explanation.</param>
/// <param name="Link">The path of the first action; null if there is none.</param>
/// <param name="LinkText">The text of the action.</param>
public sealed record EmptyModel(string Icon, string Title, string Text, string? Link = null, string? LinkText = null);

/// <summary>The links to other parts of a list.</summary>
/// <param name="Summary">The number of items, as a sentence.</param>
/// <param name="Previous">The URL of the previous part; null at the beginning.</param>
/// <param name="Next">The URL of the next part; null at the end.</param>
public sealed record PagerModel(string Summary, string? Previous, string? Next);

/// <summary>The errors of a form.</summary>
/// <param name="Form">The form.</param>
/// <param name="Labels">The labels of the fields by name, so that each error links to its field.</param>
public sealed record FormErrorsModel(FormState Form, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Creates the model for fields of which each has its error beside it.</summary>
    /// <param name="form">The form.</param>
    /// <param name="fields">The fields.</param>
    public static FormErrorsModel Of(FormState form, params IEnumerable<FieldModel> fields) =>
        new(form, fields.ToDictionary(field => field.Name, field => field.Label));

    /// <summary>Returns the name of the form's field to which an error belongs; null if the form has none.</summary>
    /// <param name="path">The path of the error, such as <c>labels[2]</c>.</param>
    internal string? FieldOf(string path) => Labels.Keys.FirstOrDefault(name =>
        path == name || path.StartsWith($"{name}[", StringComparison.Ordinal) || path.StartsWith($"{name}.", StringComparison.Ordinal));
}

/// <summary>A number with its name and its change.</summary>
/// <param name="Label">The name.</param>
/// <param name="Value">The number.</param>
/// <param name="Previous">The number of the time before; null if it is not compared.</param>
/// <param name="Note">The explanation of the comparison, such as "than in the 30 days before".</param>
public sealed record StatModel(string Label, long Value, long? Previous = null, string? Note = null)
{
    /// <summary>Gets the change in percent; null without a number to compare with.</summary>
    public int? Percent => Previous is > 0 and { } previous ? (int)Math.Round(100.0 * (Value - previous) / previous) : null;
}

/// <summary>The used part of a limit.</summary>
/// <param name="Label">The name of the limit.</param>
/// <param name="Used">The used part.</param>
/// <param name="Limit">The limit; null if there is none.</param>
public sealed record UsageMeterModel(string Label, long Used, long? Limit)
{
    /// <summary>Gets the class of the bar: <c>near</c> from 80 percent, <c>full</c> at the limit.</summary>
    public string State => Limit is not { } limit ? "" : Used >= limit ? "full" : Used >= limit * 0.8 ? "near" : "";
}

/// <summary>The note that not all scans are counted yet.</summary>
/// <param name="Time">The time up to which scans are included; null if all are, which needs no note.</param>
public sealed record DataThroughModel(DateTimeOffset? Time);
