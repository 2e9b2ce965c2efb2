using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>Treats empty fields as absent: a form sends all of its fields, even empty ones.</summary>
internal sealed class NonEmptyFields(IFields fields) : IFields
{
    /// <summary>Reads a string, which can be blank; <see cref="PayloadFields.Filled"/> treats blank strings as absent.</summary>
    public string? Text(string name) => IsEmpty(name) ? null : fields.Text(name);

    public bool? Boolean(string name) => IsBlank(name) ? null : fields.Boolean(name);

    public double? Number(string name) => IsBlank(name) ? null : fields.Number(name);

    public int? Integer(string name) => IsBlank(name) ? null : fields.Integer(name);

    public bool Has(string name) => !IsBlank(name) && fields.Has(name);

    public bool IsEmpty(string name) => fields.IsEmpty(name);

    public bool IsBlank(string name) => fields.IsBlank(name);

    public bool IsNull(string name) => fields.IsNull(name);

    public void AddError(string name, string message) => fields.AddError(name, message);

    public void RejectUnknownProperties() => fields.RejectUnknownProperties();
}
