using XQr.Dashboard.Forms;

namespace XQr.Dashboard.Pages.Parts;

/// <summary>A choice of a select.</summary>
public sealed record Choice(string Value, string Label);

/// <summary>A field of a form: label, control, hint and error.</summary>
/// <param name="Name">The name, which is the field's name in the API.</param>
/// <param name="Label">The label.</param>
/// <param name="Value">The content.</param>
public sealed record FieldModel(string Name, string Label, string Value = "")
{
    private const string DefaultIdPrefix = "field";

    /// <summary>Gets the error; null if there is none.</summary>
    public string? Error { get; init; }

    /// <summary>Gets the hint below the label; null if there is none.</summary>
    public string? Hint { get; init; }

    /// <summary>Gets the type: that of an input, or <c>textarea</c>, <c>select</c>, <c>checkbox</c> or <c>switch</c>.</summary>
    public string Type { get; init; } = "text";

    /// <summary>Gets the text before the content, such as the host of a short link; null if there is none.</summary>
    public string? Prefix { get; init; }

    /// <summary>Gets the example in an empty control.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Gets the value of <c>autocomplete</c>.</summary>
    public string? Autocomplete { get; init; } = "off";

    /// <summary>Gets the longest content.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Gets whether the browser requires a content.</summary>
    public bool Required { get; init; }

    /// <summary>Gets whether the label says that the field may be empty.</summary>
    public bool Optional { get; init; }

    /// <summary>Gets whether the control is read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Gets whether the control has the focus when the page opens.</summary>
    public bool Autofocus { get; init; }

    /// <summary>Gets whether a checkbox or switch is checked.</summary>
    public bool Checked { get; init; }

    /// <summary>Gets the choices of a select.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Gets the start of the id, which differs for a form that can be on a page together with another one.</summary>
    public string IdPrefix { get; init; } = DefaultIdPrefix;

    /// <summary>Gets the id of the control.</summary>
    public string Id => $"{IdPrefix}-{Name}";

    /// <summary>Gets the ids of the hint and the error; null without both.</summary>
    public string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        (_, null) => $"{Id}-hint",
        (null, _) => $"{Id}-error",
        _ => $"{Id}-hint {Id}-error",
    };

    /// <summary>Returns the field of a form with its content and its error.</summary>
    /// <param name="form">The form.</param>
    /// <param name="name">The name.</param>
    /// <param name="label">The label.</param>
    public static FieldModel Of(FormState form, string name, string label) =>
        new(name, label, form.Value(name)) { Error = form.Error(name), Checked = form.IsChecked(name) };

    /// <summary>Returns the id of the control of a field.</summary>
    /// <param name="name">The name of the field.</param>
    public static string IdOf(string name) => $"{DefaultIdPrefix}-{name}";
}
