using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>Treats empty fields as absent: a form sends all of its fields, even empty ones.</summary>
internal sealed class NonEmptyFields(IFields fields) : IFields
{
    /// <summary>Reads a string, which can be blank; <see cref="PayloadFields.Filled"/> treats blank strings as absent.</summary>
    public string? Text(string name) => fields.Text(name) is { Length: > 0 } text ? text : null;

    public bool? Boolean(string name) => IsBlank(name) ? null : fields.Boolean(name);

    public double? Number(string name, Func<double, bool> isRight, string rule) => IsBlank(name) ? null : fields.Number(name, isRight, rule);

    public int? Integer(string name, int min, int max) => IsBlank(name) ? null : fields.Integer(name, min, max);

    public bool Has(string name) => !IsBlank(name) && fields.Has(name);

    public bool IsBlank(string name) => fields.IsBlank(name);

    public bool IsNull(string name) => fields.IsNull(name);

    public void AddError(string name, string message) => fields.AddError(name, message);

    public void RejectUnknownProperties() => fields.RejectUnknownProperties();
}
